/** Puts the texts of a stretch of a transcript into a shard that is being built. */
import { readSync } from 'node:fs';
import type { Key } from '../claude/facts.ts';
import { keyOfName, objectOf } from '../claude/transcript/json.ts';
import { keyOf } from '../claude/transcript/key.ts';
import { LineSplitter } from '../claude/transcript/lines.ts';
import { textsOf } from '../claude/transcript/recordTexts.ts';
import { wholeRecordsOf } from '../claude/transcript/wholeRecords.ts';
import type { SearchRows } from '../store/index/searchRows.ts';
import type { ShardBuilder } from '../store/search/shardBuilder.ts';
import { documentsOf, printOf, searchable } from './document.ts';
import { longestLine } from './recordAt.ts';
import { eachWord } from './words.ts';

export interface StretchRequest {
	/** The open transcript. */
	readonly file: number;
	readonly fileId: number;
	readonly isSubagent: boolean;
	/** First byte, at the beginning of a line, and the one after the last. */
	readonly from: number;
	readonly to: number;
	/** Places of records that are not wanted: another transcript owns them. */
	readonly copies: ReadonlySet<number>;
	/** Keys of the records that were met since the transcript was opened, which this stretch goes on with. */
	readonly met: Set<Key>;
	/** The transcript was opened to be read on from where another reading ended: the index knows what stands before. */
	readonly isReadOn: boolean;
}

export interface StretchDone {
	readonly documents: number;
	/** Where the next stretch begins: `to`, or an earlier line when the shard became full. */
	readonly to: number;
}

const chunkBytes = 64 << 10;

/** In steps of one chunk each. `isFull` is asked after each chunk. */
export function* addStretch(
	request: StretchRequest,
	builder: ShardBuilder,
	rows: SearchRows,
	isFull: () => boolean,
): Generator<void, StretchDone> {
	const { file, from, to } = request;
	const records = new StretchRecords(request, builder, rows);
	const lines = new LineSplitter(
		{
			line: (bytes, start, end, offset) => records.line(bytes, start, end, offset),
			oversized: () => undefined,
		},
		from,
		longestLine,
	);
	const buffer = Buffer.allocUnsafe(chunkBytes);
	let position = from;
	while (position < to && !isFull()) {
		const read = readSync(file, buffer, 0, Math.min(buffer.length, to - position), position);
		if (read === 0) break;
		position += read;
		lines.push(buffer.subarray(0, read));
		yield;
	}
	if (position < to) return { documents: records.documents, to: lines.offset };
	lines.end((bytes, offset) => {
		records.line(bytes, 0, bytes.length, offset);
		return bytes.length;
	});
	return { documents: records.documents, to };
}

class StretchRecords {
	readonly #request: StretchRequest;
	readonly #builder: ShardBuilder;
	readonly #rows: SearchRows;
	/** Names of the tools that were called, by the id of the call. */
	readonly #tools = new Map<string, string | null>();
	documents = 0;

	constructor(request: StretchRequest, builder: ShardBuilder, rows: SearchRows) {
		this.#request = request;
		this.#builder = builder;
		this.#rows = rows;
	}

	line(bytes: Buffer, from: number, to: number, offset: number): void {
		for (const { record, start, end } of wholeRecordsOf(bytes, from, to)) this.#record(record, bytes, start, end, offset + start - from);
	}

	#record(record: unknown, bytes: Buffer, start: number, end: number, offset: number): void {
		const { fileId, isSubagent, copies } = this.#request;
		if (this.#isRepeated(record, offset) || copies.has(offset)) return;
		const texts = textsOf(record, isSubagent);
		if (texts === null || texts.texts.length === 0) return;
		if (texts.isQueued && !this.#rows.isMessage(fileId, offset)) return;
		for (const { kind, texts: ofKind } of documentsOf(texts)) {
			let tool: string | null = null;
			for (const text of ofKind) {
				if (text.tool !== null && text.toolUseId !== null) this.#tools.set(text.toolUseId, text.tool);
				tool ??= text.tool ?? this.#toolOf(text.toolUseId);
				eachWord(searchable(text.text), word => this.#builder.word(word));
			}
			this.#builder.document({
				offset,
				kind,
				atSeconds: texts.atMs === null ? 0 : Math.min(0xffffffff, Math.floor(texts.atMs / 1000)),
				model: texts.model,
				branch: texts.branch,
				tool,
				print: printOf(texts.uuid, bytes, start, end),
			});
			this.documents++;
		}
	}

	/** Also the index passes over a record whose uuid stood in the file before. Found twice, it would be counted twice. */
	#isRepeated(record: unknown, offset: number): boolean {
		const { fileId, met, isReadOn } = this.#request;
		const key = keyOfName(objectOf(record)?.uuid);
		if (key === null) return false;
		if (met.has(key)) return true;
		met.add(key);
		return isReadOn && this.#rows.standsBefore(fileId, key, offset);
	}

	/** Its call may stand before the stretch; the index knows it then. */
	#toolOf(toolUseId: string | null): string | null {
		if (toolUseId === null) return null;
		let tool = this.#tools.get(toolUseId);
		if (tool === undefined) {
			tool = this.#rows.toolName(keyOf(toolUseId));
			this.#tools.set(toolUseId, tool);
		}
		return tool;
	}
}
