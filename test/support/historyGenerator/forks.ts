/**
 * Sessions that begin as a copy of another one: Claude Code's own forks keep uuids and times, the SDK's give new uuids and
 * name the origin in every record (format reference, section 10).
 */
import { readFileSync } from 'node:fs';
import type { Conversation, Fields, TranscriptRecord } from './records.ts';
import type { TranscriptFile } from './transcriptFile.ts';

/** A finished session that others can begin from. */
export interface Origin {
	readonly file: string;
	readonly sessionId: string;
	readonly cwd: string;
	readonly gitBranch: string;
	readonly version: string;
	readonly model: string;
	readonly endedMs: number;
	readonly leafUuid: string | null;
	readonly title: string;
}

const chainTypes: ReadonlySet<string> = new Set(['user', 'assistant', 'system', 'attachment', 'progress']);

/** Copies the chain of the origin's first part into the file and moves the conversation to its end. */
export function copyOrigin(talk: Conversation, origin: Origin, file: TranscriptFile, bySdk: boolean): void {
	const lines = readFileSync(origin.file, 'utf8').split('\n');
	const end = Math.max(4, Math.floor(lines.length * (0.3 + 0.6 * talk.random.next())));
	const renamed = new Map<string, string>();
	for (const line of lines.slice(0, end)) {
		const record = parsed(line);
		if (!record || !chainTypes.has(record.type)) continue;
		// Whose a queued prompt is, when the queue's own records are not copied with it, nobody can say: copies end before one.
		if (line.includes('"queued_command"')) break;
		const copy = bySdk ? sdkCopy(talk, origin, record, renamed) : ownCopy(talk, record);
		file.write(copy);
		if (typeof copy['uuid'] === 'string') talk.parentUuid = copy['uuid'];
	}
}

/** `sessionId` is rewritten, everything else stays; `session_id`, where it stands, still names the origin. */
function ownCopy(talk: Conversation, record: TranscriptRecord): TranscriptRecord {
	return 'sessionId' in record ? { ...record, sessionId: talk.sessionId } : record;
}

function sdkCopy(talk: Conversation, origin: Origin, record: TranscriptRecord, renamed: Map<string, string>): TranscriptRecord {
	const { uuid, parentUuid } = record;
	const renewed = talk.random.uuid();
	if (typeof uuid === 'string') renamed.set(uuid, renewed);
	const parent = typeof parentUuid === 'string' ? (renamed.get(parentUuid) ?? null) : null;
	const forkedFrom: Fields = { sessionId: origin.sessionId, messageUuid: uuid };
	const twice: Fields = 'session_id' in record ? { session_id: talk.sessionId } : {};
	return { ...record, uuid: renewed, parentUuid: parent, sessionId: talk.sessionId, ...twice, forkedFrom };
}

/** Damaged and glued lines are not copied. */
function parsed(line: string): TranscriptRecord | null {
	try {
		return JSON.parse(line) as TranscriptRecord;
	} catch {
		return null;
	}
}
