/** Which tools were called and how that went: by tool, by what went wrong, and the slowest calls. */
import { type TemplateResult, html, nothing } from 'lit';
import type { InsightsHead } from '../contract/insights.ts';
import type { SlowCall, ToolErrorRow, ToolRow, ToolsFigures } from '../contract/tools.ts';
import { type Format, clipped } from '../format.ts';
import { errorNames } from './errorNames.ts';
import { inProject } from './projectPaths.ts';
import { rankedSection } from './rankedSection.ts';
import { type RankColumn, ranking } from './ranking.ts';
import { titleOf } from './standouts.ts';
import type { View } from './view.ts';
import { panelText } from './words/panel.ts';
import { toolText } from './words/tools.ts';

/** A figure within a row that leads elsewhere than the row. Zero is no news and leads nowhere. */
export function cellLink(count: number, format: Format, open: () => void): TemplateResult {
	if (count === 0) return html`<span class="muted">0</span>`;
	const pressed = (event: Event) => {
		event.stopPropagation();
		open();
	};
	return html`<button class="cell-link" @click=${pressed}>${format.integer(count)}</button>`;
}

export function toolTable(view: View, page: ToolsFigures): TemplateResult {
	const { format, model } = view;
	const part = (row: ToolRow, count: number, only: 'errors' | 'denied' | 'retries') =>
		cellLink(count, format, () => model.openSessions({ kind: 'tool', tool: row.tool, only }));
	const columns: readonly RankColumn<ToolRow>[] = [
		{ label: toolText('tool'), cell: row => toolName(row.tool, row.mcpServer) },
		{ label: toolText('calls'), amount: true, cell: row => format.integer(row.calls), bar: row => row.calls },
		{ label: toolText('errors'), amount: true, width: 'narrow', cell: row => part(row, row.errors, 'errors') },
		{ label: toolText('denied'), amount: true, width: 'narrow', from: 'medium', cell: row => part(row, row.denied, 'denied') },
		{ label: toolText('retries'), amount: true, from: 'medium', cell: row => part(row, row.retries, 'retries') },
		{ label: toolText('sessions'), amount: true, from: 'wide', cell: row => format.integer(row.sessions) },
		{ label: toolText('meanTime'), amount: true, from: 'wide', cell: row => (row.meanMs === null ? '–' : format.duration(row.meanMs)) },
		{
			label: toolText('longest'),
			amount: true,
			from: 'wide',
			cell: row => (row.longestMs === null ? '–' : format.duration(row.longestMs)),
		},
	];
	return rankedSection(
		'tool-list',
		toolText('tools'),
		ranking(view, {
			name: 'tools',
			label: toolText('tools'),
			rows: page.tools,
			columns,
			open: row => model.openSessions({ kind: 'tool', tool: row.tool, only: 'calls' }),
			title: row => clipped(row.tool),
			nothing: panelText('nothing'),
		}),
		toolText('toolsSays'),
	);
}

/** The server stands after the name of its tool, which tells tools apart. */
function toolName(tool: string, server: string | null): TemplateResult {
	return html`<bdi>${clipped(ownName(tool))}</bdi>${server === null ? nothing : html`&ensp;<bdi class="muted">${clipped(server)}</bdi>`}`;
}

/** Of `mcp__github__search_issues` the last part. */
function ownName(tool: string): string {
	return /^mcp__.+?__(?=.)/.test(tool) ? tool.replace(/^mcp__.+?__/, '') : tool;
}

export function errorKinds(view: View, page: ToolsFigures): TemplateResult {
	const { format, model } = view;
	const happenedTo = (row: ToolErrorRow) =>
		row.tools.map(
			({ tool, errors }) =>
				html`<button
					class="cell-link tool-of-error"
					@click=${(event: Event) => {
						event.stopPropagation();
						model.openSessions({ kind: 'error', error: row.error, tool });
					}}
				>
					<bdi>${toolText('toolCount', { tool: clipped(ownName(tool)), count: format.integer(errors) })}</bdi>
				</button>`,
		);
	return rankedSection(
		'error-kinds',
		toolText('errorKinds'),
		ranking(view, {
			name: 'errors',
			label: toolText('errorKinds'),
			rows: page.errorKinds,
			columns: [
				{
					label: toolText('error'),
					cell: row => toolText(errorNames[row.error]),
				},
				{ label: toolText('happenedTo'), from: 'medium', cell: row => html`<div class="tools-of-error">${happenedTo(row)}</div>` },
				{ label: toolText('errors'), amount: true, cell: row => format.integer(row.errors), bar: row => row.errors },
			],
			open: row => model.openSessions({ kind: 'error', error: row.error, tool: null }),
			title: row => toolText(errorNames[row.error]),
			nothing: toolText('errorKindsNone'),
		}),
	);
}

export function slowest(view: View, page: ToolsFigures): TemplateResult {
	const { format, model } = view;
	return rankedSection(
		'slowest',
		toolText('slowest'),
		ranking(view, {
			name: 'slowest',
			label: toolText('slowest'),
			rows: page.slowest,
			columns: [
				{ label: toolText('call'), cell: row => callWords(row, view.state.pages.tools?.head) },
				{
					label: toolText('session'),
					from: 'medium',
					cell: row => html`<span dir="auto" class="one-line">${titleOf({ title: row.sessionTitle })}</span>`,
				},
				{ label: toolText('took'), amount: true, width: 'narrow', cell: row => took(row, format) },
			],
			open: row => void model.openSession(row.sessionId, 'transcript', row.message),
			title: row => toolText('openCall', { title: titleOf({ title: row.sessionTitle }) }),
			nothing: toolText('slowestNone'),
		}),
		toolText('slowestSays'),
	);
}

/** What a call was about is often a file. */
function callWords({ tool, summary }: SlowCall, head: InsightsHead | undefined): TemplateResult {
	return html`<bdi>${clipped(tool)}</bdi>${
			summary === null
				? nothing
				: html`&ensp;<bdi class="muted one-line" title=${clipped(summary)}>${clipped(inProject(summary, head).path)}</bdi>`
		}`;
}

function took({ durationMs, startedAt }: SlowCall, format: Format): TemplateResult {
	return html`<span title=${(startedAt === null ? null : format.instantLong(startedAt)) ?? nothing}>${format.duration(durationMs)}</span>`;
}
