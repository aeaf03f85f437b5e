/**
 * What a person said and paid, as a file for another machine: versioned, with a checksum, and read as the file of a stranger.
 */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { isCategory } from '../classification/taxonomy.ts';
import type { TransferData } from '../store/ledger/transfer.ts';

export type TransferReason =
	| 'not-one' // not such a file
	| 'newer-version'
	| 'damaged' // its checksum is another
	| 'invalid' // something in it is not what it should be
	| 'too-large';

export class TransferError extends Error {
	override readonly name = 'TransferError';
	readonly reason: TransferReason;
	constructor(reason: TransferReason, message: string) {
		super(message);
		this.reason = reason;
	}
}

const format = 'session-insights-ledger';
const version = 1;
export const mostTransferBytes = 64_000_000;

export function transferText(data: TransferData, exportedAt: string): string {
	return `${JSON.stringify({ format, version, exportedAt, checksum: checksumOf(data), data }, null, '\t')}\n`;
}

/** Throws `TransferError`. `now`: a time after it would stand before every later word for ever. */
export function readTransfer(text: string, now: Date): TransferData {
	const file = parsed(text);
	if (file === null || file['format'] !== format) throw new TransferError('not-one', 'This is no export of Session Insights.');
	if (typeof file['version'] !== 'number') throw new TransferError('invalid', 'The file does not say which version it has.');
	if (file['version'] > version)
		throw new TransferError('newer-version', 'The file was written by a newer version of the extension; update it to import the file.');
	if (file['checksum'] !== checksumOf(file['data']))
		throw new TransferError('damaged', 'The file was changed or damaged since it was exported.');
	const result = v.safeParse(shapeOf(now), file['data']);
	if (result.success) return result.output;
	const [issue] = result.issues;
	throw new TransferError('invalid', `The file cannot be used: ${v.getDotPath(issue) ?? 'data'} is not what it should be.`);
}

/** What is missing is null: an empty file has a checksum, too. */
function checksumOf(data: unknown): string {
	const text = JSON.stringify(data === undefined ? null : data);
	return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
	} catch {
		return null;
	}
}

const line = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most), v.regex(/^[^\p{Cc}]*$/u));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

function shapeOf(now: Date) {
	// A clock may be a little ahead.
	const latest = new Date(now.getTime() + 86_400_000).toISOString();
	const at = v.pipe(
		v.string(),
		v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
		v.check(text => !Number.isNaN(Date.parse(text)) && text <= latest),
	);
	const sessionId = line(300);
	const list = <Entry extends v.GenericSchema>(entry: Entry) => v.pipe(v.array(entry), v.maxLength(500_000));
	return v.strictObject({
		tags: list(
			v.strictObject({
				name: v.pipe(
					line(200),
					v.check(name => name.trim() !== ''),
				),
				createdAt: at,
			}),
		),
		sessionTags: list(
			v.strictObject({
				sessionId,
				tag: v.pipe(
					line(200),
					v.check(name => name.trim() !== ''),
				),
				addedAt: at,
			}),
		),
		pins: list(v.strictObject({ sessionId, pinnedAt: at })),
		notes: list(v.strictObject({ sessionId, text: v.pipe(v.string(), v.minLength(1), v.maxLength(100_000)), updatedAt: at })),
		labels: list(v.strictObject({ sessionId, title: v.nullable(line(1_000)), isHidden: v.boolean(), updatedAt: at })),
		classifications: list(
			v.pipe(
				v.strictObject({
					sessionId,
					source: line(300),
					kind: v.picklist(['model', 'person']),
					l1: v.string(),
					l2: v.string(),
					l3: v.string(),
					confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
					reasoning: v.nullable(v.pipe(v.string(), v.maxLength(2_000))),
					provider: v.nullable(line(200)),
					model: v.nullable(line(200)),
					promptVersion: v.nullable(count),
					lastRecord: v.nullable(line(300)),
					at,
				}),
				v.check(({ l1, l2, l3 }) => isCategory(l1, l2, l3)),
				// As the ledger has it: only a model has a provider, and only a person answers as one.
				v.check(
					({ kind, provider, source }) => (kind === 'model') === (provider !== null) && (kind === 'person') === (source === 'person'),
				),
			),
		),
		spending: list(
			v.strictObject({
				requestId: v.nullable(line(300)),
				kind: v.picklist(['confirmed', 'unconfirmed']),
				provider: line(200),
				model: line(200),
				micros: count,
				inputTokens: count,
				outputTokens: count,
				at,
			}),
		),
	});
}
