/** What a selector means, for the heading of the sessions behind a figure. Pure. */
import { categoryName } from '../categoryNames.ts';
import type { SessionSelector } from '../contract/selectors.ts';
import type { InsightsQuery } from '../contract/sessions.ts';
import { type Format, clipped } from '../format.ts';
import { errorNames } from './errorNames.ts';
import { groupWords } from './patternWords.ts';
import { selectorText } from './words/selectors.ts';
import { toolText } from './words/tools.ts';

/** `split`: of a pattern, what parts its groups (`splitAt`). */
export function selectorWords(selector: SessionSelector, format: Format, split: number | null = null): string {
	switch (selector.kind) {
		case 'days':
			return selector.first === selector.last
				? selectorText('day', { day: format.dayLong(selector.first) })
				: selectorText('days', { days: format.days(selector.first, selector.last) });
		case 'hour':
			return selectorText('hour', {
				weekday: format.weekday(selector.weekday, 'long'),
				from: format.hourOfDay(selector.hour),
				to: format.hourOfDay(selector.hour + 1),
			});
		case 'project':
			return selector.project === '' ? selectorText('noProject') : selectorText('project', { name: clipped(lastPart(selector.project)) });
		case 'branch':
			return selector.branch === '' ? selectorText('noBranch') : selectorText('branch', { name: clipped(selector.branch) });
		case 'model':
			return selectorText('model', { name: clipped(selector.model) });
		case 'category':
			return selector.category === '' ? selectorText('noCategory') : selectorText('category', { name: categoryName(selector.category) });
		case 'tool':
			return selector.tool === null
				? selectorText(anyToolKeys[selector.only])
				: selectorText(toolKeys[selector.only], { name: clipped(selector.tool) });
		case 'error': {
			const name = toolText(errorNames[selector.error]);
			return selector.tool === null ? selectorText('error', { name }) : selectorText('errorOfTool', { name, tool: clipped(selector.tool) });
		}
		case 'file':
			return selectorText('file', { name: clipped(selector.path) });
		case 'command':
			return selectorText('command', { name: clipped(selector.command) });
		case 'skill':
			return selectorText('skill', { name: clipped(selector.skill) });
		case 'mcpServer':
			return selectorText(selector.only === 'calls' ? 'mcpServer' : 'mcpServerErrors', { name: clipped(selector.server) });
		case 'block':
			return selectorText('block', { start: format.moment(selector.startedAt) ?? selector.startedAt });
		case 'unpriced':
			return selector.model === null ? selectorText('unpricedAny') : selectorText('unpriced', { name: clipped(selector.model) });
		case 'subagents':
			return selector.model === null ? selectorText('subagents') : selectorText('subagentsOf', { name: clipped(selector.model) });
		case 'sortedBy':
			return selectorText(sortedByKeys[selector.by]);
		case 'judgedApart':
			return selectorText(selector.pair, { name: categoryName(selector.category) });
		case 'apiErrors':
		case 'malformed':
		case 'copies':
			return selectorText(selector.kind);
		case 'pattern':
			return groupWords({ ...selector, splitAt: split }, format);
	}
}

const sortedByKeys = { rules: 'sortedByRules', model: 'sortedByModel', person: 'sortedByPerson', stale: 'sortedBeforeGrown' } as const;
const toolKeys = { calls: 'toolCalls', errors: 'toolErrors', denied: 'toolDenied', retries: 'toolRetries' } as const;
const anyToolKeys = { calls: 'anyToolCalls', errors: 'anyToolErrors', denied: 'anyToolDenied', retries: 'anyToolRetries' } as const;

/** The filter that means the same on all pages; null for what no filter can say. */
export function filterOf(selector: SessionSelector): Partial<InsightsQuery> | null {
	switch (selector.kind) {
		case 'days':
			return { days: { first: selector.first, last: selector.last } };
		case 'project':
			return { project: selector.project };
		case 'branch':
			return { branch: selector.branch };
		case 'model':
			return { model: selector.model };
		case 'category':
			return selector.category === '' ? null : { category: selector.category };
		default:
			return null;
	}
}

/** Of a path: what a person calls it by. */
export function lastPart(path: string): string {
	return path.split(/[\\/]/).findLast(part => part !== '') ?? path;
}
