/** What was found, as a tree of sessions and their results that the keyboard moves through. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type IconName, icon } from '../components/icons.ts';
import type { SearchHit, SearchTextKind } from '../contract/search.ts';
import { clipped, type Format } from '../format.ts';
import { type HitGroup, type Line, partsOf, visible } from './groups.ts';
import type { StringKey } from './strings.ts';
import { text } from './text.ts';
import type { View } from './view.ts';

const kindNames: Readonly<Record<SearchTextKind, StringKey>> = {
	prompt: 'kindPrompt',
	answer: 'kindAnswer',
	thinking: 'kindThinking',
	toolInput: 'kindToolInput',
	toolResult: 'kindToolResult',
	file: 'kindFile',
	title: 'kindTitle',
	context: 'kindContext',
};
const kindIcons: Readonly<Record<SearchTextKind, IconName>> = {
	prompt: 'account',
	answer: 'comment',
	thinking: 'lightbulb',
	toolInput: 'tools',
	toolResult: 'output',
	file: 'file',
	title: 'tag',
	context: 'note',
};

export interface TreeKeys {
	pressed(event: KeyboardEvent, line: Line): void;
}

/** `active` is the one line that Tab reaches. */
export function results({ state, model, format }: View, lines: readonly Line[], active: string | null, keys: TreeKeys): TemplateResult {
	const folded = new Set(state.saved.folded);
	return html`<div class="results" role="tree" aria-label=${text('results')}>
		${repeat(
			lines,
			line => line.key,
			line => {
				const tabIndex = line.key === active ? 0 : -1;
				const pressed = (event: KeyboardEvent) => keys.pressed(event, line);
				const focused = () => model.moveTo(line.key);
				if (line.hit === null) {
					const isFolded = folded.has(line.group.sessionId);
					return html`<div
						class="group"
						role="treeitem"
						aria-level="1"
						aria-expanded=${isFolded ? 'false' : 'true'}
						data-key=${line.key}
						data-vscode-context=${contextOf('session', { sessionId: line.group.sessionId })}
						tabindex=${tabIndex}
						@focus=${focused}
						@keydown=${pressed}
						@click=${() => model.fold(line.group.sessionId, !isFolded)}
					>
						${groupLine(line.group, isFolded, format)}
					</div>`;
				}
				const { hit } = line;
				return html`<div
					class="hit"
					role="treeitem"
					aria-level="2"
					data-key=${line.key}
					data-vscode-context=${contextOf('hit', { sessionId: hit.sessionId, agentId: hit.agentId, messageId: hit.messageId })}
					tabindex=${tabIndex}
					@focus=${focused}
					@keydown=${pressed}
					@click=${() => void model.open(hit)}
				>
					${hitLine(hit, format)}
				</div>`;
			},
		)}
	</div>`;
}

function groupLine({ title, project, timestamp, hits }: HitGroup, isFolded: boolean, format: Format): TemplateResult {
	const time = timestamp === null ? null : format.moment(timestamp);
	const name = visible(clipped(title ?? text('untitled')));
	return html`${icon(isFolded ? 'chevronRight' : 'chevronDown')}
		<div class="names">
			<bdi class="title" title=${name}>${name}</bdi>
			<span class="where"
				><bdi>${visible(clipped(project ?? text('unknownProject')))}</bdi>${time === null ? nothing : html`<span>${time}</span>`}</span
			>
		</div>
		<span class="badge" aria-hidden="true">${format.integer(hits.length)}</span>
		<span class="unseen">${text('hitsOfSession', { count: format.integer(hits.length) }, hits.length)}</span>`;
}

function hitLine(hit: SearchHit, format: Format): TemplateResult {
	const { snippet, timestamp, agentId } = hit;
	const time = timestamp === null ? null : format.moment(timestamp);
	return html`<span class="kind">${icon(kindIcons[hit.kind])}</span>
		<div class="names">
			<div class="snippet" dir="auto">
				${snippet.isCutBefore ? '…' : nothing}${partsOf(snippet).map(part => (part.isMatch ? html`<mark>${part.text}</mark>` : part.text))}${
					snippet.isCutAfter ? '…' : nothing
				}
			</div>
			<span class="where">
				<span>${kindOf(hit)}</span>
				${agentId === null ? nothing : html`<span>${text('subagent')}</span>`} ${time === null ? nothing : html`<span>${time}</span>`}
			</span>
		</div>`;
}

function kindOf({ kind, tool }: SearchHit): string {
	return tool === null ? text(kindNames[kind]) : text('kindOfTool', { kind: text(kindNames[kind]), tool: visible(clipped(tool)) });
}

/** What the items of VS Code's own context menu go by (`webview/context` in the manifest). */
function contextOf(webviewSection: string, target: Readonly<Record<string, string | null>>): string {
	return JSON.stringify({ webviewSection, preventDefaultContextMenuItems: true, ...target });
}

export const resultsStyle = css`
	.results {
		padding-bottom: 4px;
	}
	.group,
	.hit {
		display: flex;
		align-items: flex-start;
		gap: 6px;
		padding: 4px 12px 4px 8px;
		cursor: pointer;
	}
	.hit {
		padding-inline-start: 26px;
	}
	.group:hover,
	.hit:hover {
		background: var(--hover);
		outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
		outline-offset: -1px;
	}
	.group:focus-visible,
	.hit:focus-visible {
		background: var(--vscode-list-activeSelectionBackground);
		color: var(--vscode-list-activeSelectionForeground);
		outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
		outline-offset: -1px;
	}
	.names {
		flex: 1;
		min-width: 0;
	}
	.title {
		display: block;
		overflow: hidden;
		font-weight: 600;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.snippet {
		display: -webkit-box;
		overflow: hidden;
		overflow-wrap: anywhere;
		-webkit-box-orient: vertical;
		-webkit-line-clamp: 3;
	}
	.kind {
		color: var(--vscode-icon-foreground, inherit);
	}
	.where {
		display: flex;
		flex-wrap: wrap;
		gap: 0 8px;
		color: var(--muted);
		font-size: var(--small);
		font-variant-numeric: tabular-nums;
	}
	.where > * {
		max-width: 100%;
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	:focus-visible > .kind,
	:focus-visible .where {
		color: inherit;
	}
	mark {
		border-radius: 2px;
		outline: 1px solid var(--vscode-editor-findMatchHighlightBorder, transparent);
		background: var(--vscode-editor-findMatchHighlightBackground, var(--vscode-list-hoverBackground));
		color: inherit;
		font-weight: 600;
	}
	.group .badge {
		margin-top: 1px;
	}
	.group > .icon {
		margin-top: 1px;
	}
`;
