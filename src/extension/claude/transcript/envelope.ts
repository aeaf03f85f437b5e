import type { Key } from '../facts.ts';
import type { Chain } from './chain.ts';
import { instantOf } from './instant.ts';
import { keyOfName, objectOf, type Fields, whole } from './json.ts';

/** What every record of the conversation chain has, whatever its type. */
export interface Envelope {
	readonly offset: number;
	readonly length: number;
	/** Of the record's own `uuid`: what children name as their parent. */
	readonly ownKey: Key | null;
	/** As in MessageFact: of the record it is a copy of, when it says so. */
	readonly key: Key | null;
	/** Of the message it answers; null where that is not in the file. */
	readonly parentOffset: number | null;
	/** It says that it answers none. */
	readonly isRoot: boolean;
	readonly atMs: number | null;
	readonly isSidechain: boolean;
	readonly isMeta: boolean;
	readonly isCopy: boolean;
}

export function envelopeOf(record: Fields, offset: number, length: number, chain: Chain, copies: ReadonlySet<Key>): Envelope {
	const ownKey = keyOfName(record.uuid);
	const key = keyOfName(objectOf(record.forkedFrom)?.messageUuid) ?? ownKey;
	const parent = keyOfName(record.parentUuid);
	return {
		offset,
		length,
		ownKey,
		key,
		parentOffset: parent === null ? null : (chain.find(parent) ?? null),
		isRoot: parent === null && ownKey !== null && whole(record.parentUuid) === null,
		atMs: instantOf(record.timestamp),
		isSidechain: record.isSidechain === true,
		isMeta: record.isMeta === true,
		isCopy: key !== null && (copies.has(key) || (ownKey !== null && ownKey !== key && copies.has(ownKey))),
	};
}
