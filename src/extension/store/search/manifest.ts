/** The list of shards that are in force: replaced as a whole, so that a kill leaves either the old list or the new one. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, type FileSystem, replaceFile } from '../atomicFile.ts';
import { shardVersion } from './shardFile.ts';

export interface ListedShard {
	/** Of its file. */
	readonly name: string;
	readonly bytes: number;
	/** Numbers of its pieces that are of no use any more. */
	readonly dead: readonly number[];
}

const fileName = 'shards.json';

export const manifestPath = (folder: string): string => join(folder, fileName);

/** Empty where there is none, or one that cannot be used: it is built anew then. */
export async function readManifest(folder: string): Promise<readonly ListedShard[]> {
	let text: string;
	try {
		text = await readFile(manifestPath(folder), 'utf8');
	} catch (error) {
		if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
		throw error;
	}
	return shardsIn(text);
}

export function shardsIn(text: string): readonly ListedShard[] {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== shardVersion) return [];
		if (!('shards' in value) || !Array.isArray(value.shards)) return [];
		return value.shards.every(isListed) ? value.shards : [];
	} catch {
		return [];
	}
}

function isListed(value: unknown): value is ListedShard {
	if (typeof value !== 'object' || value === null || !('name' in value && 'bytes' in value && 'dead' in value)) return false;
	const { name, bytes, dead } = value;
	// A name leads to a file beside the list, and nowhere else.
	return (
		typeof name === 'string' &&
		/^[0-9a-f-]+\.shard$/.test(name) &&
		typeof bytes === 'number' &&
		Array.isArray(dead) &&
		dead.every(piece => Number.isInteger(piece))
	);
}

/** Throws `SaveError`, or what `beforeRename` throws. */
export async function writeManifest(
	folder: string,
	shards: readonly ListedShard[],
	beforeRename: () => void,
	files: FileSystem | null,
): Promise<void> {
	const bytes = Buffer.from(JSON.stringify({ version: shardVersion, shards }));
	await replaceFile(manifestPath(folder), bytes, { beforeRename, ...(files === null ? {} : { files }) });
}

/** Tells whether another window replaced the list. */
export async function manifestStamp(folder: string): Promise<string> {
	const found = await stat(manifestPath(folder), { bigint: true }).catch(() => null);
	return found === null ? '' : `${found.ino} ${found.mtimeNs} ${found.size}`;
}
