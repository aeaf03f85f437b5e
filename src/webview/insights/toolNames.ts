/** What was worked on and with: the most edited files, slash commands, skills and MCP servers. */
import { type TemplateResult, html, nothing } from 'lit';
import type { InsightsHead } from '../contract/insights.ts';
import type { NameCount, ToolsFigures } from '../contract/tools.ts';
import { clipped } from '../format.ts';
import { inProject } from './projectPaths.ts';
import { rankedSection } from './rankedSection.ts';
import { ranking } from './ranking.ts';
import { lastPart } from './selectorWords.ts';
import { cellLink } from './toolCalls.ts';
import type { View } from './view.ts';
import { toolText } from './words/tools.ts';

export function editedFiles(view: View, page: ToolsFigures): TemplateResult {
	const { format, model, state } = view;
	const head = state.pages.tools?.head;
	return rankedSection(
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
					cell: row => fileName(row.path, head),
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

function fileName(path: string, head: InsightsHead | undefined): TemplateResult {
	const { project, path: within } = inProject(path, head);
	const folder = folderOf(within);
	const where = [project, folder].filter(each => each !== null && each !== '').map(each => html`<bdi>${clipped(each ?? '')}</bdi>`);
	return html`<bdi>${clipped(lastPart(within))}</bdi>${
			where.length === 0
				? nothing
				: html`&ensp;<span class="muted">${where.length === 1 ? where[0] : html`${where[0]} · ${where[1]}`}</span>`
		}`;
}

function folderOf(path: string): string {
	return path.slice(0, Math.max(0, path.length - lastPart(path).length)).replace(/[\\/]$/, '');
}

export function usedNames(
	view: View,
	name: 'commands' | 'skills',
	rows: readonly NameCount[],
	none: 'commandsNone' | 'skillsNone',
	selector: (name: string) => Parameters<View['model']['openSessions']>[0],
): TemplateResult {
	const { format, model } = view;
	return rankedSection(
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
		rows.length === 0 ? undefined : toolText('wholeSessions'),
	);
}

export function mcpServers(view: View, page: ToolsFigures): TemplateResult {
	const { format, model } = view;
	return rankedSection(
		'mcp-servers',
		toolText('mcpServers'),
		ranking(view, {
			name: 'mcpServers',
			label: toolText('mcpServers'),
			rows: page.mcpServers,
			columns: [
				{ label: toolText('name'), cell: row => html`<bdi>${clipped(row.name)}</bdi>` },
				{ label: toolText('uses'), amount: true, cell: row => format.integer(row.uses), bar: row => row.uses },
				{
					label: toolText('errors'),
					amount: true,
					width: 'narrow',
					from: 'medium',
					cell: row => cellLink(row.errors, format, () => model.openSessions({ kind: 'mcpServer', server: row.name, only: 'errors' })),
				},
				{ label: toolText('sessions'), amount: true, cell: row => format.integer(row.sessions) },
			],
			open: row => model.openSessions({ kind: 'mcpServer', server: row.name, only: 'calls' }),
			title: row => clipped(row.name),
			nothing: toolText('mcpServersNone'),
		}),
	);
}
