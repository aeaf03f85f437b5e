/** Files that outlived what they were for: answers nobody waits for, and what was set aside as damaged or replaced. */
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Change, SetAsideFile } from './definitions.ts';

const dayMs = 86_400_000;
/** A request is over long before; what is younger may belong to one that another window is just writing down. */
const answerDays = 1;
const setAsideDays = 90;

/** Deletes the answers in a folder that are older than a day, but none of `open`. */
export async function deleteOldAnswers(
	folder: string,
	open: readonly string[],
	now: Date,
): Promise<{ readonly files: Change; readonly bytes: Change }> {
	// By their names, which are unique: the folder may be known under another path.
	const waitedFor = new Set(open.map(path => basename(path)));
	const found = await filesIn(folder, name => name.endsWith('.jsonl'));
	const left: typeof found = [];
	for (const file of found) {
		const isOld = now.getTime() - file.modifiedMs > answerDays * dayMs;
		if (isOld && !waitedFor.has(file.name)) await rm(join(folder, file.name), { force: true });
		else left.push(file);
	}
	return { files: { before: found.length, after: left.length }, bytes: { before: bytesOf(found), after: bytesOf(left) } };
}

/** The oldest first. They may hold what is nowhere else, so nobody but a person deletes them. */
export async function longSetAside(folder: string, now: Date): Promise<readonly SetAsideFile[]> {
	const found = await filesIn(folder, name => setAside.test(name));
	return found
		.map(({ name, bytes, modifiedMs }) => ({ file: name, bytes, since: new Date(timeIn(name) ?? modifiedMs).toISOString() }))
		.filter(({ since }) => now.getTime() - Date.parse(since) > setAsideDays * dayMs)
		.sort((a, b) => a.since.localeCompare(b.since));
}

const setAside = /\.(?:damaged|replaced)-(.*)$/;

/** A file keeps its time of modification when it is renamed, so its name tells better. Null where it does not. */
function timeIn(name: string): number | null {
	const time = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)$/.exec(setAside.exec(name)?.[1] ?? '');
	const ms = time === null ? Number.NaN : Date.parse(time.slice(1).join(':'));
	return Number.isNaN(ms) ? null : ms;
}

interface FoundFile {
	readonly name: string;
	readonly bytes: number;
	readonly modifiedMs: number;
}

const bytesOf = (files: readonly FoundFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** None where there is no folder. */
async function filesIn(folder: string, accepts: (name: string) => boolean): Promise<FoundFile[]> {
	const names = (await readdir(folder).catch(() => [])).filter(accepts);
	const found: FoundFile[] = [];
	for (const name of names) {
		// Another window cleans up as well.
		const about = await stat(join(folder, name)).catch(() => null);
		if (about?.isFile() === true) found.push({ name, bytes: about.size, modifiedMs: about.mtimeMs });
	}
	return found;
}
