/** What the overview says of the made-up history. */
import type { DayPoint, Figure, HourCell, OverviewFigures } from '../../../src/webview/contract/overview.ts';
import type { TokenCounts } from '../../../src/webview/contract/sessions.ts';
import { dayBefore, sequence, session, today, tokens } from './madeUp.ts';

export function days(count: number, step = 1): readonly DayPoint[] {
	const next = sequence(count * 31 + step);
	return Array.from({ length: count }, (_, index) => {
		const day = dayBefore(today, (count - 1 - index) * step);
		const weekend = step === 1 && [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
		const sessions = weekend && next() < 0.7 ? 0 : Math.round(next() * 7 * step);
		const size = sessions * (0.4 + next());
		return { day, sessions, responses: Math.round(size * 88), tokens: Math.round(size * 1_400_000), costUsd: Math.round(size * 260) / 100 };
	});
}

export function figure(now: number, before: number | null): Figure {
	return { now, before };
}

export const counts = tokens(96.4);
export const allTokens = (all: TokenCounts) => all.input + all.output + all.cacheRead + all.cacheWrite5m + all.cacheWrite1h;
/** Of two models, as the cost page lists them. */
export const unpricedTokens = allTokens(tokens(0.3)) + allTokens(tokens(0.1));

const calendarDays = days(371)
	.filter(point => point.sessions > 0)
	.map(point => ({ ...point, activeMs: point.sessions * 2_600_000, prompts: point.sessions * 6 }));

const hours: readonly HourCell[] = Array.from({ length: 168 }, (_, index) => {
	const [weekday, hour] = [Math.floor(index / 24), index % 24];
	const peak = Math.exp(-((hour - 10.5) ** 2) / 9) + 0.8 * Math.exp(-((hour - 15.5) ** 2) / 6) + 0.15 * Math.exp(-((hour - 22) ** 2) / 3);
	const sessions = Math.round(peak * (weekday > 4 ? 1.2 : 9) * (weekday === 1 ? 1.3 : 1));
	return {
		weekday,
		hour,
		sessions,
		prompts: sessions * 5,
		responses: sessions * 60,
		activeMs: sessions * 900_000,
		costUsd: sessions * 1.35,
	};
}).filter(cell => cell.sessions > 0);

export const overview: OverviewFigures = {
	totals: {
		sessions: figure(84, 73),
		activeMs: figure(151_320_000, 163_000_000),
		userPrompts: figure(611, 540),
		responses: figure(7_412, 7_409),
		toolCalls: figure(5_208, 4_120),
		tokens: figure(allTokens(counts), 88_412_000),
		costUsd: figure(186.42, 141.07),
		tokenCounts: counts,
		unpricedTokens,
		unpricedModels: ['gpt-oss-120b', 'qwen3-coder'],
	},
	days: days(30),
	daysAre: 'days',
	calendar: { first: dayBefore(today, 370), last: today, days: calendarDays },
	hours,
	streaks: {
		current: { first: dayBefore(today, 4), last: today, days: 5 },
		longest: { first: '2026-03-02', last: '2026-03-20', days: 19 },
		activeDays: 22,
	},
	longest: [7, 3, 12, 5, 21].map((index, rank) => session(index, { activeMs: 14_400_000 - rank * 2_100_000 })),
	costliest: [4, 11, 3, 8, 16].map((index, rank) => session(index, { costUsd: 31.4 - rank * 5.35 })),
};
