/** One run's bookkeeping: what is to be read, what came of it, and where it goes. */
import { readFileSync } from 'node:fs';
import type { FileSummary, Key } from '../claude/facts.ts';
import { agentMetaPath, type AgentMeta, readAgentMeta } from '../claude/layout.ts';
import { isSameState } from '../claude/readerState.ts';
import type { KnownFile } from '../store/index/files.ts';
import { messageColumns } from '../store/index/rows.ts';
import type { FoundFile } from './discover.ts';
import type { IndexerParts, RunRequest, RunResult, Scan } from './runRequest.ts';
import type { Step } from './plan.ts';
import type { ReadEvents } from './readEvents.ts';
import type { ReadDone, ReadOutcome, ReadTask } from './readFile.ts';
import type { PendingRead } from './readerPool.ts';
import type { Settling } from './settle.ts';

/** Raise it when reading the same bytes would give other rows: every file is then read again (DB-8). */
export const parserVersion = 5;

const filesAtOnce = 100;

export class IndexRun {
	readonly #request: RunRequest;
	readonly #parts: IndexerParts;
	readonly #settling: Settling;
	readonly #steps: readonly Step[];
	readonly #vanished: readonly KnownFile[];
	readonly #stepOf = new Map<number, Step>();
	readonly #before = new Map<number, string>();
	readonly #newIds = new Map<Step, number>();
	#addedUpTo = 0;
	/** Files of which no row is stored yet. */
	readonly #new = new Set<number>();
	readonly #differing: string[] = [];
	readonly #unknownTypes = new Map<string, number>();
	readonly #malformed = new Map<number, number>();
	/** Bytes of all files to be read. */
	readonly bytesTotal: number;
	#cwds = new Set<string>();
	#filesDone = 0;
	/** Sessions of which nothing is known yet. */
	readonly #unread: Set<Step>;
	readonly #filesRead = new Set<number>();
	#bytesRead = 0;
	#records = 0;

	constructor(scan: Scan, request: RunRequest, parts: IndexerParts, settling: Settling) {
		this.#request = request;
		this.#parts = parts;
		this.#settling = settling;
		this.#vanished = scan.vanished;
		this.#steps = inOrder(scan.steps, request.isFirst);
		this.bytesTotal = scan.steps.reduce((sum, step) => sum + unreadBytes(step), 0);
		this.#unread = new Set(scan.steps.filter(({ known, found }) => known === null && found.kind === 'session'));
	}

	/** From the first row on: whoever reads a file that was saved in between must know how much is missing in it. */
	noteUnread(): void {
		const { tables } = this.#parts;
		tables.change(() => tables.setUnread(this.#unread.size));
	}

	/** Transcripts that are no longer there keep their rows, marked (IDX-4). */
	markGone(): void {
		if (this.#vanished.length === 0) return;
		const { tables, now } = this.#parts;
		const at = now().toISOString();
		tables.change(() => {
			tables.setMeta('unsettled', '1');
			for (const file of this.#vanished) {
				tables.files.markGone(file.id, at);
				if (file.sessionRowId !== null) this.#settling.addDirtySession(file.sessionRowId);
			}
		});
	}

	pending(): PendingRead[] {
		return this.#steps.map(step => ({ bytes: unreadBytes(step), task: forThread => this.#task(step, forThread) }));
	}

	pendingAgain(copies: ReadonlyMap<number, readonly Key[]>): PendingRead[] {
		const { files } = this.#parts.tables;
		const known = new Map(files.all().map(file => [file.id, file]));
		return [...copies].flatMap(([fileId, keys]) => {
			const file = known.get(fileId);
			if (file === undefined) return [];
			const task: ReadTask = { fileId, path: file.path, isSubagent: file.kind === 'subagent', resume: null, copies: keys };
			return [{ bytes: file.size, task: () => task }];
		});
	}

	#task(step: Step, forThread: boolean): ReadTask {
		const { found, known, action } = step;
		const { files } = this.#parts.tables;
		const fileId = known?.id ?? this.#newId(step);
		this.#stepOf.set(fileId, step);
		if (known === null) this.#new.add(fileId);
		const task = {
			fileId,
			path: found.path,
			isSubagent: found.kind === 'subagent',
			copies: known === null ? [] : files.copiedKeys(fileId),
		};
		const state = action === 'check' && known !== null ? files.state(fileId) : null;
		if (known === null || state === null) return { ...task, resume: null };
		return {
			...task,
			resume: {
				state,
				readOffset: known.readOffset,
				fingerprint: files.fingerprint(fileId),
				earlier: forThread ? files.earlierKeys(fileId) : key => files.earlierOffset(fileId, key),
				lastMs: files.lastMs(fileId),
			},
		};
	}

	/** New files get their ids many at once, in the order of the steps: a transaction for each would cost more than its row. */
	#newId(step: Step): number {
		const { tables } = this.#parts;
		while (!this.#newIds.has(step) && this.#addedUpTo < this.#steps.length) {
			const ahead = this.#steps.slice(this.#addedUpTo, this.#addedUpTo + filesAtOnce);
			this.#addedUpTo += ahead.length;
			tables.change(() => {
				for (const other of ahead) {
					const { path, kind, helper } = other.found;
					if (other.known === null) this.#newIds.set(other, tables.files.add({ path, kind, helper }));
				}
			});
		}
		const id = this.#newIds.get(step);
		if (id === undefined) throw new Error('a file is read out of its turn');
		return id;
	}

	/** Writes what readers report; one transaction for each message of theirs. */
	take({ begun, rows, outcomes }: ReadEvents): void {
		const { tables } = this.#parts;
		tables.change(() => {
			tables.setMeta('unsettled', '1');
			for (const { fileId, fromStart } of begun) {
				// Of a new file there is nothing to forget, and nothing that could be taken for finished.
				if (fromStart && this.#new.delete(fileId)) continue;
				if (fromStart) {
					this.#remember(fileId);
					this.#settling.addFile(fileId);
					tables.writer.clear(fileId);
				}
				tables.files.begin(fileId);
			}
			this.#settling.addRows(rows);
			this.#records += rows.messages.length / messageColumns.length;
			tables.writer.append(rows);
			for (const { fileId, outcome } of outcomes) this.#finish(fileId, outcome);
			tables.setUnread(this.#unread.size);
		});
		this.#request.onProgress({
			filesDone: this.#filesDone,
			filesTotal: this.#steps.length,
			bytesDone: Math.min(this.#bytesRead, this.bytesTotal),
			bytesTotal: this.bytesTotal,
		});
	}

	/** Keeps what is stored of a file that did not change, to compare it with what reading it again gives. */
	#remember(fileId: number): void {
		const step = this.#stepOf.get(fileId);
		if (step?.known?.size !== step?.found.size || step?.known?.mtimeMs !== step?.found.mtimeMs) return;
		const state = this.#parts.tables.files.state(fileId);
		if (state !== null && step?.known?.parserVersion === parserVersion) this.#before.set(fileId, state);
	}

	#finish(fileId: number, outcome: ReadOutcome): void {
		const { files } = this.#parts.tables;
		const step = this.#stepOf.get(fileId);
		if (step !== undefined) this.#unread.delete(step);
		this.#filesDone++;
		switch (outcome.kind) {
			case 'unchanged':
				files.touch(fileId, outcome.inode, outcome.mtimeMs);
				if (step?.known?.isGone === true) this.#reappeared(fileId);
				break;
			case 'failed': {
				const found = step?.found;
				if (found !== undefined && outcome.code !== 'ABORTED') files.setProblem(fileId, outcome.code, found.inode, found.mtimeMs);
				break;
			}
			case 'read':
				this.#filesRead.add(fileId);
				this.#bytesRead += outcome.done.bytesRead;
				this.#store(fileId, outcome.done, outcome.fromStart);
				break;
		}
	}

	/** Its session is no longer gone, and its marks may change again. */
	#reappeared(fileId: number): void {
		const { sessionRowId } = this.#parts.tables.files.sessionOf(fileId);
		if (sessionRowId !== null) this.#settling.addDirtySession(sessionRowId);
		this.#settling.addFile(fileId);
	}

	#store(fileId: number, done: ReadDone, fromStart: boolean): void {
		const { files, sessions } = this.#parts.tables;
		const claim = fromStart ? null : this.#claimOf(fileId);
		const { summary } = done;
		const found = this.#stepOf.get(fileId)?.found ?? null;
		const before = files.sessionOf(fileId);
		const sessionId = found === null ? before.sessionId : sessionIdOf(found, summary);
		if (sessionId !== null && this.#parts.isForgotten(sessionId)) {
			this.#leaveBare(fileId, done);
			return;
		}
		const sessionRowId = sessionId === null ? null : sessions.rowIdOf(sessionId);
		const meta = found?.kind === 'subagent' ? agentMeta(found.path) : null;
		files.finish({
			id: fileId,
			sessionRowId,
			agentId: found?.agentId ?? summary.agentId,
			agentType: meta?.agentType ?? null,
			agentDescription: meta?.description ?? null,
			inode: done.inode,
			size: done.size,
			mtimeMs: done.mtimeMs,
			readOffset: done.readOffset,
			headHash: done.fingerprint.head,
			tailHash: done.fingerprint.tail,
			firstMs: summary.firstMsOfAll,
			origins: summary.origins,
			// A subagent's first record may well follow one of its own session.
			continuesKey: sessionId === null || found?.kind === 'subagent' ? null : summary.firstParent,
			state: done.state,
			parserVersion,
			unknownTypes: summary.unknownTypes,
			malformedLines: summary.malformedLines,
		});
		if (claim !== null && claim !== this.#claimOf(fileId)) this.#settling.addFile(fileId);
		if (summary.firstCwd !== null) this.#cwds.add(summary.firstCwd);
		const stored = this.#before.get(fileId);
		if (stored !== undefined && !isSameState(stored, done.state) && found !== null) this.#differing.push(found.path);
		this.#malformed.set(fileId, summary.malformedLines);
		for (const rowId of [before.sessionRowId, sessionRowId]) if (rowId !== null) this.#settling.addDirtySession(rowId);
		for (const [type, count] of Object.entries(summary.unknownTypes))
			this.#unknownTypes.set(type, (this.#unknownTypes.get(type) ?? 0) + count);
	}

	/** Only its records said that it belongs to a session a person wanted forgotten: nothing stays but that it was read. */
	#leaveBare(fileId: number, done: ReadDone): void {
		const { writer, files } = this.#parts.tables;
		this.#settling.addFile(fileId);
		writer.clear(fileId);
		files.finish({
			id: fileId,
			sessionRowId: null,
			agentId: null,
			agentType: null,
			agentDescription: null,
			inode: done.inode,
			size: done.size,
			mtimeMs: done.mtimeMs,
			readOffset: done.readOffset,
			headHash: done.fingerprint.head,
			tailHash: done.fingerprint.tail,
			firstMs: null,
			origins: [],
			continuesKey: null,
			state: null,
			parserVersion,
			unknownTypes: {},
			malformedLines: 0,
		});
	}

	/** What a file's claims are weighed by: an appended record can be earlier than all before it, or name an origin. */
	#claimOf(fileId: number): string {
		return JSON.stringify(this.#parts.tables.duplicates.claimants([fileId]).get(fileId));
	}

	/** Working directories named since the last call. */
	takeWorkingDirectories(): ReadonlySet<string> {
		const cwds = this.#cwds;
		this.#cwds = new Set();
		return cwds;
	}

	result(): RunResult {
		return {
			filesRead: this.#filesRead.size,
			bytesRead: this.#bytesRead,
			recordsWritten: this.#records,
			malformedLines: [...this.#malformed.values()].reduce((sum, lines) => sum + lines, 0),
			unknownRecordTypes: this.#unknownTypes,
			differing: this.#differing,
		};
	}
}

function unreadBytes({ found, known, action }: Step): number {
	return action === 'check' && known !== null ? Math.max(0, found.size - known.readOffset) : found.size;
}

/** The open workspace first, then what was touched last: what a person looks for is there soonest. */
function inOrder(steps: readonly Step[], isFirst: (file: FoundFile) => boolean): Step[] {
	return steps
		.map(step => ({ step, first: isFirst(step.found) ? 0 : 1 }))
		.sort((a, b) => a.first - b.first || b.step.found.mtimeMs - a.step.found.mtimeMs)
		.map(({ step }) => step);
}

/**
 * The session a file belongs to (MODEL-1): a transcript's stem; for subagents, and for a transcript that begins as a
 * sidechain, the `sessionId` of its records. Null where there is no conversation.
 */
function sessionIdOf(found: FoundFile, summary: FileSummary): string | null {
	if (summary.firstIsSidechain === null) return null;
	if (found.kind === 'session' && !summary.firstIsSidechain) return found.sessionId;
	return summary.sessionId ?? found.sessionId;
}

function agentMeta(transcript: string): AgentMeta | null {
	try {
		return readAgentMeta(JSON.parse(readFileSync(agentMetaPath(transcript), 'utf8')));
	} catch {
		// The sidecar is a convenience of newer versions; most subagents have none.
		return null;
	}
}
