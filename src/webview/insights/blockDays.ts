/** Five-hour blocks laid out in the rows of their local days. Pure. */
import type { TimelinePiece } from '../charts/dayTimeline.ts';
import type { UsageBlock } from '../contract/cost.ts';
import type { Format } from '../format.ts';

export interface PlacedBlock {
	readonly block: UsageBlock;
	readonly pieces: readonly TimelinePiece[];
}

export interface BlockDays {
	/** In order, the newest last; days without a block between them included. */
	readonly days: readonly string[];
	/** In the order of time. */
	readonly placed: readonly PlacedBlock[];
}

const dayMs = 86_400_000;

/** The last `most` days up to the one of the newest block; blocks before them are left out, one that reaches in from before is cut. */
export function blockDays(blocks: readonly UsageBlock[], most: number, format: Pick<Format, 'localHour'>): BlockDays {
	const spans = blocks.flatMap(block => {
		const [from, to] = [format.localHour(block.startedAt), format.localHour(block.endsAt)];
		return from === null || to === null ? [] : [{ block, from, to }];
	});
	const ends = spans.map(({ to }) => (to.hour === 0 ? dayBefore(to.day) : to.day)).sort();
	const last = ends.at(-1);
	if (last === undefined) return { days: [], placed: [] };
	const earliest = spans.map(({ from }) => from.day).sort()[0] ?? last;
	const days = daysUpTo(last, most).filter(day => day >= earliest);
	const row = new Map(days.map((day, index) => [day, index]));
	const placed = spans
		.map(({ block, from, to }) => {
			// Five hours never span more than two days.
			const parts =
				from.day === to.day
					? [{ day: from.day, from: from.hour, to: to.hour }]
					: [
							{ day: from.day, from: from.hour, to: 24 },
							{ day: to.day, from: 0, to: to.hour },
						];
			const pieces = parts.flatMap(part => {
				const at = row.get(part.day);
				return at === undefined || part.to <= part.from ? [] : [{ row: at, from: part.from, to: part.to }];
			});
			return { block, pieces };
		})
		.filter(({ pieces }) => pieces.length > 0)
		.sort((a, b) => (a.block.startedAt < b.block.startedAt ? -1 : 1));
	return { days, placed };
}

function dayBefore(day: string): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) - dayMs).toISOString().slice(0, 10);
}

function daysUpTo(last: string, count: number): readonly string[] {
	const end = Date.parse(`${last}T00:00:00Z`);
	return Array.from({ length: count }, (_, index) => new Date(end - (count - 1 - index) * dayMs).toISOString().slice(0, 10));
}
