/** Tools and files: what was called, what failed and how, what took long, and which files were worked on most. */
import { type TemplateResult, css, html, nothing } from 'lit';
import type { NameCount, SlowCall, ToolErrorRow, ToolRow, ToolsFigures } from '../contract/tools.ts';
import { type Format, clipped } from '../format.ts';
import { errorNames } from './errorNames.ts';
import { type FigureCard, figureCards } from './figureCards.ts';
import { type RankColumn, ranking } from './ranking.ts';
import { lastPart } from './selectorWords.ts';
import { titleOf } from './standouts.ts';
import type { View } from './view.ts';
import { panelText } from './words/panel.ts';
import { toolText } from './words/tools.ts';

export function tools(view: View, page: ToolsFigures): TemplateResult {
	return html`<div class="sections tools">
		${headline(view, page)} ${toolTable(view, page)}
		<div class="pair even">${errorKinds(view, page)} ${slowest(view, page)}</div>
		${files(view, page)}
		<div class="triple">
			${names(view, 'commands', page.commands, 'commandsNone', name => ({ kind: 'command', command: name }))}
			${names(view, 'skills', page.skills, 'skillsNone', name => ({ kind: 'skill', skill: name }))} ${mcpServers(view, page)}
		</div>
	</div>`;
}

function headline({ format, model }: View, page: ToolsFigures): TemplateResult {
	const { calls, errors, denied, retries, readToEdit, apiErrors } = page;
	const ofCalls = (count: number) => (calls === 0 ? nothing : toolText('ofCalls', { percent: format.percent(count / calls) }));
	const cards: readonly FigureCard[] = [
		{
			name: 'calls',
			label: toolText('calls'),
			shown: format.integer(calls),
			value: calls,
			open: () => model.openSessions({ kind: 'tool', tool: null, only: 'calls' }, 'toolCalls'),
		},
		{
			name: 'errors',
			label: toolText('errors'),
			shown: format.integer(errors),
			value: errors,
			below: ofCalls(errors),
			open: () => model.openSessions({ kind: 'tool', tool: null, only: 'errors' }),
		},
		{
			name: 'denied',
			label: toolText('denied'),
			shown: format.integer(denied),
			value: denied,
			below: toolText('deniedHint'),
			open: () => model.openSessions({ kind: 'tool', tool: null, only: 'denied' }),
		},
		{
			name: 'retries',
			label: toolText('retries'),
			shown: format.integer(retries),
			value: retries,
			below: toolText('retriesHint'),
			open: () => model.openSessions({ kind: 'tool', tool: null, only: 'retries' }),
		},
		{
			name: 'readToEdit',
			label: toolText('readToEdit'),
			shown: readToEdit.ratio === null ? '–' : format.decimal(readToEdit.ratio),
			below:
				readToEdit.ratio === null
					? toolText('noEdits')
					: toolText('readToEditHint', { reads: format.integer(readToEdit.reads), edits: format.integer(readToEdit.edits) }),
		},
		{
			name: 'apiErrors',
			label: toolText('apiErrors'),
			shown: format.integer(apiErrors.errors),
			value: apiErrors.errors,
			below: toolText('apiErrorsHint', { count: format.integer(apiErrors.sessions) }, apiErrors.sessions),
			open: () => model.openSessions({ kind: 'apiErrors' }),
		},
	];
	return html`<section aria-labelledby="tools-headline">
		<h2 tabindex="-1" id="tools-headline" class="unseen">${toolText('headline')}</h2>
		${figureCards(cards)}
	</section>`;
}

function section(name: string, heading: string, content: TemplateResult, says?: string): TemplateResult {
	return html`<section aria-labelledby="${name}-heading" class=${`ranked ${name}`}>
		<div class="section-head"><h2 tabindex="-1" id="${name}-heading">${heading}</h2></div>
		${says === undefined ? nothing : html`<p class="says">${says}</p>`} ${content}
	</section>`;
}

function toolTable(view: View, page: ToolsFigures): TemplateResult {
	const { format, model } = view;
	/** Zero is no news and leads nowhere. */
	const part = (row: ToolRow, count: number, only: 'errors' | 'denied' | 'retries') =>
		count === 0
			? html`<span class="muted">0</span>`
			: html`<button
					class="cell-link"
					@click=${(event: Event) => {
						event.stopPropagation();
						model.openSessions({ kind: 'tool', tool: row.tool, only });
					}}
				>
					${format.integer(count)}
				</button>`;
	const columns: readonly RankColumn<ToolRow>[] = [
		{ label: toolText('tool'), cell: row => html`<bdi>${clipped(row.tool)}</bdi>` },
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
	return section(
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

function errorKinds(view: View, page: ToolsFigures): TemplateResult {
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
					<bdi>${toolText('toolCount', { tool: clipped(tool), count: format.integer(errors) })}</bdi>
				</button>`,
		);
	return section(
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

function slowest(view: View, page: ToolsFigures): TemplateResult {
	const { format, model } = view;
	return section(
		'slowest',
		toolText('slowest'),
		ranking(view, {
			name: 'slowest',
			label: toolText('slowest'),
			rows: page.slowest,
			columns: [
				{ label: toolText('call'), cell: row => callWords(row) },
				{
					label: toolText('session'),
					from: 'medium',
					cell: row => html`<span dir="auto" class="one-line">${titleOf({ title: row.sessionTitle })}</span>`,
				},
				{ label: toolText('took'), amount: true, width: 'narrow', cell: row => took(row, format) },
			],
			open: row => void model.openSession(row.sessionId, 'transcript'),
			title: row => toolText('openCall', { title: titleOf({ title: row.sessionTitle }) }),
			nothing: toolText('slowestNone'),
		}),
		toolText('slowestSays'),
	);
}

function callWords({ tool, summary }: SlowCall): TemplateResult {
	return html`<bdi>${clipped(tool)}</bdi>${summary === null ? nothing : html` <bdi class="muted">${clipped(summary)}</bdi>`}`;
}

function took({ durationMs, startedAt }: SlowCall, format: Format): TemplateResult {
	return html`<span title=${(startedAt === null ? null : format.instantLong(startedAt)) ?? nothing}>${format.duration(durationMs)}</span>`;
}

function files(view: View, page: ToolsFigures): TemplateResult {
	const { format, model } = view;
	return section(
		'edited-files',
		toolText('files'),
		ranking(view, {
			name: 'files',
			label: toolText('files'),
			rows: page.files.rows,
			total: page.files.total,
			columns: [
				{
					label: toolText('file'),
					// The name first: the end of a long path is what tells files apart.
					cell: row => html`<bdi>${clipped(lastPart(row.path))}</bdi> <bdi class="muted">${clipped(folderOf(row.path))}</bdi>`,
				},
				{ label: toolText('edits'), amount: true, cell: row => format.integer(row.edits), bar: row => row.edits },
				{ label: toolText('reads'), amount: true, from: 'medium', cell: row => format.integer(row.reads) },
				{ label: toolText('sessions'), amount: true, cell: row => format.integer(row.sessions) },
			],
			open: row => model.openSessions({ kind: 'file', path: row.path }),
			title: row => clipped(row.path),
			nothing: toolText('filesNone'),
		}),
	);
}

function folderOf(path: string): string {
	return path.slice(0, Math.max(0, path.length - lastPart(path).length)).replace(/[\\/]$/, '');
}

function names(
	view: View,
	name: 'commands' | 'skills',
	rows: readonly NameCount[],
	none: 'commandsNone' | 'skillsNone',
	selector: (name: string) => Parameters<View['model']['openSessions']>[0],
): TemplateResult {
	const { format, model } = view;
	return section(
		name,
		toolText(name),
		ranking(view, {
			name,
			label: toolText(name),
			rows,
			columns: [
				{ label: toolText('name'), cell: row => html`<bdi>${clipped(row.name)}</bdi>` },
				{ label: toolText('uses'), amount: true, cell: row => format.integer(row.uses), bar: row => row.uses },
				{ label: toolText('sessions'), amount: true, cell: row => format.integer(row.sessions) },
			],
			open: row => model.openSessions(selector(row.name)),
			title: row => clipped(row.name),
			nothing: toolText(none),
		}),
	);
}

function mcpServers(view: View, page: ToolsFigures): TemplateResult {
	const { format, model } = view;
	return section(
		'mcp-servers',
		toolText('mcpServers'),
		ranking(view, {
			name: 'mcpServers',
			label: toolText('mcpServers'),
			rows: page.mcpServers,
			columns: [
				{ label: toolText('name'), cell: row => html`<bdi>${clipped(row.name)}</bdi>` },
				{ label: toolText('uses'), amount: true, cell: row => format.integer(row.uses), bar: row => row.uses },
				{ label: toolText('errors'), amount: true, width: 'narrow', from: 'medium', cell: row => format.integer(row.errors) },
				{ label: toolText('sessions'), amount: true, cell: row => format.integer(row.sessions) },
			],
			open: row => model.openSessions({ kind: 'mcpServer', server: row.name }),
			title: row => clipped(row.name),
			nothing: toolText('mcpServersNone'),
		}),
	);
}

export const toolsStyle = css`
	.triple {
		display: grid;
		grid-template-columns: repeat(3, minmax(0, 1fr));
		gap: 28px 36px;
		align-items: start;
	}
	.ranked {
		min-width: 0;
	}
	.cell-link {
		border-radius: 2px;
		text-decoration: underline var(--grid);
		text-underline-offset: 3px;
	}
	.cell-link:hover {
		color: var(--vscode-textLink-foreground);
		text-decoration-color: currentcolor;
	}
	.tools-of-error {
		display: flex;
		flex-wrap: wrap;
		gap: 0 10px;
		font-size: var(--small);
	}
	.tool-of-error {
		max-width: 100%;
		overflow: hidden;
		color: var(--muted);
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.one-line {
		display: block;
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	/* Beside others there is less room for words. */
	@container page (width >= 960px) {
		.triple .barred {
			width: 40%;
		}
		.triple .amount:not(.barred) {
			width: 70px;
		}
	}
	@container page (width < 960px) {
		.triple {
			grid-template-columns: minmax(0, 1fr);
		}
	}
`;
