/** How long a job will still take, by how fast it was lately (JOB-7). Pure. */

/** So many items were done at that time, in milliseconds. */
export interface Mark {
	readonly current: number;
	readonly atMs: number;
}

/** With fewer the first slow one would say everything. */
const fewestItems = 3;
/** Older marks say little about the present speed. */
const mostMarks = 20;

/** The marks with one more; the latest ones are kept. What counts down has begun anew. */
export function marked(marks: readonly Mark[], next: Mark): readonly Mark[] {
	const last = marks.at(-1);
	if (last === undefined || next.current < last.current) return [next];
	return next.current === last.current ? marks : [...marks, next].slice(-mostMarks);
}

/** In milliseconds; null before 3 items are done between the marks, and where nobody knows how many there are. */
export function remainingMs(marks: readonly Mark[], total: number | null, nowMs: number): number | null {
	const [first, last] = [marks[0], marks.at(-1)];
	if (first === undefined || last === undefined || total === null || last.current - first.current < fewestItems) return null;
	const msPerItem = (last.atMs - first.atMs) / (last.current - first.current);
	return Math.max(Math.round((total - last.current) * msPerItem - (nowMs - last.atMs)), 0);
}
