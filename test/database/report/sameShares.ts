import assert from 'node:assert/strict';
import type { ShareList } from '../../../src/webview/contract/cost.ts';
import type { CategoriesSection } from '../../../src/webview/contract/insights.ts';
import type { SessionFigures } from '../../independent/insights.ts';
import { assertAlike } from './alike.ts';
import type { FoundSession } from './foundRows.ts';

const dollars = ({ usd }: SessionFigures): number => usd ?? 0;

/** What each project or category came to: every session with an answer, stubs too, belongs to one. */
export function assertSameShares(ours: ShareList, figures: readonly SessionFigures[], keyOf: (id: string) => string | undefined): void {
	const answered = figures.filter(({ responses }) => responses > 0);
	const groups = Map.groupBy(answered, ({ session }) => keyOf(session.id));
	assert.equal(ours.total, groups.size);
	assert.equal(ours.rows.length, Math.min(50, groups.size));
	assertAlike(
		ours.rows.map(({ sessions, responses, tokens, costUsd, unpricedTokens }) => [
			sessions,
			responses,
			tokens,
			costUsd ?? 0,
			unpricedTokens,
		]),
		ours.rows.map(({ key }) => {
			const own = groups.get(key) ?? [];
			const sum = (value: (session: SessionFigures) => number): number => own.reduce((total, each) => total + value(each), 0);
			return [own.length, sum(each => each.responses), sum(({ tokens }) => tokens), sum(dollars), sum(each => each.unpricedTokens)];
		}),
	);
}

/** Stubs are counted as no sessions; what they used counts. */
export function assertSameCategories(
	ours: CategoriesSection,
	figures: readonly SessionFigures[],
	found: ReadonlyMap<string, FoundSession>,
): void {
	const isCounted = ({ session }: SessionFigures): boolean => found.get(session.id)?.isStub === false;
	const groups = Map.groupBy(
		figures.filter(each => isCounted(each) || each.tokens > 0),
		({ session }) => found.get(session.id)?.category ?? '',
	);
	assert.deepEqual(ours.sums.map(({ l3 }) => l3).sort(), [...groups.keys()].filter(category => category !== '').sort());
	assertAlike(
		ours.sums.map(({ sessions, activeMs, tokens, costUsd }) => [sessions, activeMs, tokens, costUsd]),
		ours.sums.map(({ l3 }) => {
			const own = groups.get(l3) ?? [];
			const sum = (value: (session: SessionFigures) => number): number => own.reduce((total, each) => total + value(each), 0);
			return [own.filter(isCounted).length, sum(({ activeMs }) => activeMs), sum(({ tokens }) => tokens), sum(dollars)];
		}),
	);
}
