const dayMs = 86_400_000;

/** The stretch of a bar: one day, or a week. */
export interface DaySpan {
	readonly first: string;
	readonly last: string;
}

/** A week ends six days after the Monday that names it. */
export function spanOf(day: string, week: boolean): DaySpan {
	if (!week) return { first: day, last: day };
	const end = new Date(`${day}T00:00:00Z`);
	end.setUTCDate(end.getUTCDate() + 6);
	return { first: day, last: Number.isNaN(end.getTime()) ? day : end.toISOString().slice(0, 10) };
}

/** As many days, up to the one before: what the figures of a period are compared with. Null for what are no days. */
export function spanBefore({ first, last }: DaySpan): DaySpan | null {
	const [from, to] = [Date.parse(`${first}T00:00:00Z`), Date.parse(`${last}T00:00:00Z`)];
	if (!(from <= to)) return null;
	const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
	return { first: day(from - (to - from) - dayMs), last: day(from - dayMs) };
}

/** Of both ends included. */
export function daysIn({ first, last }: DaySpan): number {
	return Math.round((Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / dayMs) + 1;
}
