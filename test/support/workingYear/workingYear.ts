/**
 * Half a year of somebody's work with Claude Code, large enough for every figure of the panel to have something to say: what the
 * pictures of the panel and its browser tests are made from. The same at every run. Knows the format, nothing of the product.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type PlannedSession, plannedSessions } from './plan.ts';
import type { WrittenFile } from './subagent.ts';
import { type Place, tellSession, type ToldSession } from './tell.ts';

/** Whose local time the sessions keep to. */
export const timeZone = 'Europe/Berlin';
/** A Saturday, 16:00 local time: nothing is later. */
export const now = new Date('2026-11-21T15:00:00.000Z');
/** Where the projects lie; no such folder has to be there. */
export const work = '/home/ada/work';

const firstDay = '2026-06-29';

export interface WorkingYear {
	readonly sessions: readonly PlannedSession[];
	/** To be called once the transcripts have been read: some vanish from disk. */
	readonly clearAway: () => void;
}

export function writeWorkingYear(claudeDir: string): WorkingYear {
	const place: Place = { claudeDir, work };
	const sessions = plannedSessions({ firstDay, now, offsetHours: day => (day < '2026-10-25' ? 2 : 1) });
	const told = new Map<PlannedSession, ToldSession>();
	const vanishing: string[] = [];
	for (const plan of sessions) {
		const session = tellOnTime(plan, place, plan.forkOf === null ? null : (told.get(plan.forkOf) ?? null));
		if (session.endedMs > now.getTime()) throw new Error(`${plan.title} ends in the future`);
		told.set(plan, session);
		for (const file of session.beside) put(file);
		if (plan.oddity !== 'stub' || session.beside.length === 0) put(session.transcript);
		if (plan.oddity === 'gone') vanishing.push(session.transcript.path);
	}
	return { sessions, clearAway: () => vanishing.forEach(path => rmSync(path)) };
}

/** Of those that still go on, the plan says when their last record was written. */
function tellOnTime(plan: PlannedSession, place: Place, origin: ToldSession | null): ToldSession {
	const session = tellSession(plan, place, plan.startsAtMs, origin);
	if (plan.oddity !== 'processing' && plan.oddity !== 'waiting') return session;
	return tellSession(plan, place, plan.startsAtMs - (session.endedMs - plan.startsAtMs), origin);
}

function put({ path, text }: WrittenFile): void {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, text, { mode: 0o600 });
}
