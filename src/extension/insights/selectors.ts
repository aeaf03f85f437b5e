/** Which sessions a figure is made of. Each rule is that of its figure, so that counts agree. Pure. */
import type { JudgingPair, SessionSelector } from '../../webview/contract/selectors.ts';
import type { HistoryUsageRow } from '../store/index/historyRows.ts';
import { blocksOf } from './blocks.ts';
import { isSubagentUsage, isUnpriced, usedIn } from './cost.ts';
import { isIn, type SessionHistory, type Span } from './history.ts';
import type { LocalCalendar } from './localTime.ts';
import { comparable, comparisonOf } from './patterns.ts';
import { daysSpan } from './period.ts';
import { activeIn, countedIn, isOfCategory, type Selection, sessionsOf } from './selection.ts';
import { levelsOf } from './sessionColumns.ts';
import { kindOfSource } from './sessionRow.ts';
import { countsIn } from './tools.ts';
import type { ToolUse } from './toolUse.ts';

export interface SelectorSources {
	readonly selection: Selection;
	/** Of the scope, whatever the other filters: blocks are made of all. */
	readonly inScope: Iterable<SessionHistory>;
	readonly span: Span;
	readonly calendar: LocalCalendar;
	readonly toolUse: () => ToolUse;
	readonly elsewhere: () => readonly HistoryUsageRow[];
	/** Ids of sessions that the first of the two put into a category, and the second into another. */
	readonly judgedApart: (pair: JudgingPair, category: string) => ReadonlySet<string>;
	/** By which edits name a file. */
	readonly pathIdsOf: (path: string) => readonly number[];
}

/** In no order. */
export function selected(selector: SessionSelector, sources: SelectorSources): readonly SessionHistory[] {
	const { selection, span, calendar } = sources;
	const active = (): readonly SessionHistory[] => activeIn(selection, span);
	const used = (isMeant: (session: SessionHistory) => boolean): readonly SessionHistory[] =>
		usedIn(selection, span)
			.map(({ session }) => session)
			.filter(isMeant);
	switch (selector.kind) {
		case 'days':
			return activeIn(selection, daysSpan(selector.first, selector.last, calendar));
		case 'hour': {
			const hour = selector.weekday * 24 + selector.hour;
			return sessionsOf(selection).filter(({ quarters }) =>
				quarters.some(quarter => isIn(quarter, span) && calendar.hourOfWeek(quarter) === hour),
			);
		}
		case 'project':
			return used(({ project }) => (project?.path ?? '') === selector.project);
		case 'branch':
			return used(({ row }) => (row.git_branch ?? '') === selector.branch);
		case 'model':
			return usedIn({ ...selection, model: selector.model }, span).map(({ session }) => session);
		case 'category':
			return active().filter(session => isOfCategory(levelsOf(session), selector.category));
		case 'tool': {
			const { tool, only } = selector;
			return among(
				active(),
				sources.toolUse().tools.flatMap(row => ((tool === null || row.name === tool) && row[only] > 0 ? [row.session] : [])),
			);
		}
		case 'error': {
			const { tool, error } = selector;
			return among(
				active(),
				sources.toolUse().errors.flatMap(row => ((tool === null || row.name === tool) && row.kind === error ? [row.session] : [])),
			);
		}
		case 'file': {
			const ids = sources.pathIdsOf(selector.path);
			return among(
				active(),
				sources.toolUse().edits.flatMap(row => (ids.includes(row.path) ? [row.session] : [])),
			);
		}
		case 'command':
			return active().filter(({ row }) => names(row.slash_commands, selector.command));
		case 'skill':
			return active().filter(({ row }) => names(row.skills, selector.skill));
		case 'mcpServer': {
			const { server, only } = selector;
			const prefix = `mcp__${server}__`;
			return among(
				active(),
				sources.toolUse().tools.flatMap(row => (row.name.startsWith(prefix) && row[only] > 0 ? [row.session] : [])),
			);
		}
		case 'block': {
			const startMs = Date.parse(selector.startedAt);
			const block = blocksOf(sources.inScope).find(each => each.startMs === startMs);
			return block === undefined ? [] : [...sources.inScope].filter(({ row }) => block.sessions.has(row.id));
		}
		case 'subagents': {
			const { model } = selector;
			const isMeant = (row: HistoryUsageRow): boolean => isSubagentUsage(row) && (model === null || row.model === model);
			return usedIn(selection, span).flatMap(({ session, usage }) => (usage.some(isMeant) ? [session] : []));
		}
		case 'unpriced': {
			const { model } = selector;
			return usedIn(selection, span).flatMap(({ session, usage }) =>
				usage.some(row => isUnpriced(row) && (model === null || row.model === model)) ? [session] : [],
			);
		}
		case 'apiErrors':
			return active().filter(({ row }) => row.api_errors > 0);
		case 'sortedBy': {
			const { by } = selector;
			const sorted = countedIn(selection, span).filter(session => levelsOf(session).every(level => level !== null));
			return sorted.filter(({ row }) => (by === 'stale' ? row.is_stale === 1 : kindOfSource(row.category_source ?? '') === by));
		}
		case 'judgedApart': {
			const ids = sources.judgedApart(selector.pair, selector.category);
			return [...sources.inScope].filter(({ row }) => ids.has(row.session_id));
		}
		case 'malformed':
			return [...sources.inScope].filter(({ row }) => row.malformed_lines > 0);
		case 'copies':
			return among(
				sessionsOf(selection),
				sources
					.elsewhere()
					.flatMap(row => (isIn(row.quarter, span) && (selection.model === null || row.model === selection.model) ? [row.session] : [])),
			);
		case 'pattern':
			return comparisonOf(comparable(selection, span), calendar, selector)[selector.side];
	}
}

function among(sessions: readonly SessionHistory[], rowIds: readonly number[]): readonly SessionHistory[] {
	const wanted = new Set(rowIds);
	return sessions.filter(({ row }) => wanted.has(row.id));
}

const names = (counts: string | null, name: string): boolean => countsIn(counts).some(([known]) => known === name);
