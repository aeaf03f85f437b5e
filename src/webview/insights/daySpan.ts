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
