// Which files make which session, and which session owns a record that stands in several.
import type { TranscriptFile } from './files.ts';
import { compareInstants, compareStrings, instantAt, objectAt, stringAt, type Obj } from './values.ts';

export interface Entry {
	readonly o: Obj;
	readonly type: string | null;
	readonly time: number | null;
	/** The record's identity: its uuid, or that of the record it was forked from. Null when it has none. */
	key: string | null;
	readonly file: TranscriptFile;
	readonly position: number;
	readonly session: Session;
}

export interface Session {
	readonly id: string;
	/** The transcripts the session is made of; none makes it a stub. */
	readonly mains: TranscriptFile[];
	/** Subagent files (`agent-*`) and sidechain-first files. */
	readonly others: TranscriptFile[];
	readonly entries: Entry[];
	/** The earliest time of its own transcript, copies included: what decides who owns copied history. */
	firstTime: number | null;
}

const CHAIN = new Set(['user', 'assistant', 'system', 'attachment', 'progress']);

export function isChain(entry: Entry): boolean {
	return entry.type !== null && CHAIN.has(entry.type);
}

/** Both roles of a conversation; the other types are not enough to make a session. */
export function isMessage(o: Obj): boolean {
	return o['type'] === 'user' || o['type'] === 'assistant';
}

/** MODEL-1. `idOf` gives a top-level transcript's id: its stem, save for a file counted by itself. */
export function sessionsOf(files: readonly TranscriptFile[], idOf: (file: TranscriptFile) => string = file => file.stem): Session[] {
	const byId = new Map<string, Session>();
	const sessionFor = (id: string): Session => {
		const known = byId.get(id);
		if (known !== undefined) return known;
		const fresh: Session = { id, mains: [], others: [], entries: [], firstTime: null };
		byId.set(id, fresh);
		return fresh;
	};
	for (const file of files) {
		const first = file.records.find(isMessage);
		// Neither a session nor a stub: 0-byte files, files of metadata only.
		if (first === undefined) continue;
		if (!file.agent && first['isSidechain'] !== true) sessionFor(idOf(file)).mains.push(file);
		// A subagent belongs to the session its records name, whichever folder it lies in; the folder and the stem are what is left without one.
		else sessionFor(namedSession(file) ?? file.folderSession ?? file.stem).others.push(file);
	}
	for (const session of byId.values()) {
		for (const file of [...session.mains, ...session.others]) {
			file.records.forEach((o, position) => {
				session.entries.push({ o, type: stringAt(o, 'type'), time: instantAt(o, 'timestamp'), key: null, file, position, session });
			});
		}
		const base = session.mains.length > 0 ? session.entries.filter(entry => session.mains.includes(entry.file)) : session.entries;
		session.firstTime = base.filter(isChain).reduce<number | null>((min, entry) => earlier(min, entry.time), null);
	}
	const sessions = [...byId.values()];
	setKeys(sessions);
	return sessions;
}

export function namedSession(file: TranscriptFile): string | null {
	for (const o of file.records) {
		const id = stringAt(o, 'sessionId');
		if (id !== null) return id;
	}
	return null;
}

export function earlier(a: number | null, b: number | null): number | null {
	return compareInstants(a, b) <= 0 ? a : b;
}

export function later(a: number | null, b: number | null): number | null {
	return a === null || (b !== null && b > a) ? b : a;
}

/** A copy has the uuid of its original, or says in `forkedFrom.messageUuid` which it was; forks of forks lead back to the first. */
function setKeys(sessions: readonly Session[]): void {
	const origin = new Map<string, string>();
	for (const { entries } of sessions) {
		for (const { o } of entries) {
			const uuid = stringAt(o, 'uuid');
			const fork = objectAt(o, 'forkedFrom');
			const from = fork === null ? null : stringAt(fork, 'messageUuid');
			if (uuid !== null && from !== null && from !== uuid) origin.set(uuid, from);
		}
	}
	const root = (uuid: string): string => {
		const seen = new Set<string>();
		let at = uuid;
		for (let up = origin.get(at); up !== undefined && !seen.has(at); up = origin.get(at)) {
			seen.add(at);
			at = up;
		}
		return at;
	};
	for (const { entries } of sessions) {
		for (const entry of entries) {
			const uuid = stringAt(entry.o, 'uuid');
			if (uuid !== null) entry.key = root(uuid);
		}
	}
}

/** Earliest first record, then smallest id (MODEL-2). */
export function compareSessions(a: Session, b: Session): number {
	return compareInstants(a.firstTime, b.firstTime) || compareStrings(a.id, b.id);
}

export interface Ownership {
	/** The session that owns the record; its own session when nothing else holds it. */
	ownerOf(entry: Entry): Session;
	/** True for the one place where the record counts: in its owner, at its first occurrence there. */
	counts(entry: Entry): boolean;
}

export function ownershipOf(sessions: readonly Session[]): Ownership {
	const groups = new Map<string, Entry[]>();
	for (const { entries } of sessions) {
		for (const entry of entries) {
			if (entry.key === null) continue;
			const group = groups.get(entry.key);
			if (group === undefined) groups.set(entry.key, [entry]);
			else group.push(entry);
		}
	}
	const owners = new Map<string, Entry>();
	for (const [key, group] of groups) {
		const owner = ownerOfGroup(group);
		// A uuid repeated inside one session counts at its first occurrence: the transcript before its subagents, then file order.
		const first = group.find(entry => entry.session === owner);
		if (first !== undefined) owners.set(key, first);
	}
	const place = (entry: Entry): Entry => (entry.key === null ? entry : (owners.get(entry.key) ?? entry));
	return { ownerOf: entry => place(entry).session, counts: entry => place(entry) === entry };
}

/** A holder that names another holder as its origin is a copy; of those left the earliest session owns the record. A named session that does not hold the record cannot own it. */
function ownerOfGroup(group: readonly Entry[]): Session {
	const holders = [...new Set(group.map(entry => entry.session))].sort(compareSessions);
	const ids = new Set(holders.map(session => session.id));
	const copies = new Set<Session>();
	for (const entry of group) {
		const origin = namedOrigin(entry);
		if (origin !== null && origin !== entry.session.id && ids.has(origin)) copies.add(entry.session);
	}
	const first = holders.find(session => !copies.has(session)) ?? holders[0];
	if (first === undefined) throw new Error('a group of records without a holder');
	return first;
}

/** The session a record says it came from: `forkedFrom.sessionId`, else `session_id`, which a copy keeps from its original while `sessionId` is rewritten. */
export function namedOrigin({ o }: Entry): string | null {
	const fork = objectAt(o, 'forkedFrom');
	const from = fork === null ? null : stringAt(fork, 'sessionId');
	if (from !== null) return from;
	const kept = stringAt(o, 'session_id');
	const rewritten = stringAt(o, 'sessionId');
	return rewritten === null || rewritten === kept ? null : kept;
}
