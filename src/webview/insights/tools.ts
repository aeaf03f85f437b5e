/** Tools and files: what was called, what failed and how, what took long, and which files were worked on most. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { below } from '../components/below.ts';
import type { ToolsFigures } from '../contract/tools.ts';
import { type FigureCard, figureCards } from './figureCards.ts';
import { errorKinds, slowest, toolTable } from './toolCalls.ts';
import { editedFiles, mcpServers, usedNames } from './toolNames.ts';
import type { View } from './view.ts';
import { toolText } from './words/tools.ts';

export function tools(view: View, page: ToolsFigures): TemplateResult {
	return html`<div class="sections tools">${headline(view, page)} ${toolTable(view, page)} ${below(() => belowTheTools(view, page))}</div>`;
}

function belowTheTools(view: View, page: ToolsFigures): TemplateResult {
	return html`<div class="pair even">${errorKinds(view, page)} ${slowest(view, page)}</div>
		${editedFiles(view, page)}
		<div class="triple">
			${usedNames(view, 'commands', page.commands, 'commandsNone', name => ({ kind: 'command', command: name }))}
			${usedNames(view, 'skills', page.skills, 'skillsNone', name => ({ kind: 'skill', skill: name }))} ${mcpServers(view, page)}
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
	/* Beside others there is less room: names first, then figures, then bars. */
	@container page (960px <= width < 1240px) {
		.triple {
			grid-template-columns: repeat(auto-fit, minmax(340px, 1fr));
		}
		.triple .share-bar {
			display: none;
		}
		.triple .bar-and-figure {
			grid-template-columns: minmax(0, 1fr);
		}
		.triple :is(.amount, .barred) {
			width: 60px;
		}
	}
	@container page (width >= 1240px) {
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
