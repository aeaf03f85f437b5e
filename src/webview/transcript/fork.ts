/** Where a person went back and said something else: which way is shown, and the others. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { icon } from '../components/icons.ts';
import type { Fork } from '../contract/transcript.ts';
import { iconButton } from './items/parts.ts';
import { line } from './lineText.ts';
import type { View } from './view.ts';
import { text } from './words.ts';

export function forkBar(view: View, fork: Fork): TemplateResult {
	const { model, format } = view;
	const { choices, selected, item } = fork;
	const key = `fork/${item}`;
	const open = model.isOpen(key, false);
	const choose = (index: number) => {
		const choice = choices[index];
		if (choice !== undefined && index !== selected) model.opening.chooseBranch(choice.branch, item);
	};
	return html`<div class="fork" role="group" aria-label=${text('fork')}>
		<div class="fork-line">
			<button class="fork-head" aria-expanded=${open ? 'true' : 'false'} @click=${() => model.fold(key, !open)}>
				${icon('gitBranch')} <span>${text('forkHere')}</span>
				${icon(open ? 'chevronDown' : 'chevronRight')}
			</button>
			<span class="fork-steps">
				${selected > 0 ? iconButton('chevronLeft', text('forkPrevious'), () => choose(selected - 1)) : nothing}
				<span>${text('forkAt', { at: format.integer(selected + 1), all: format.integer(choices.length) })}</span>
				${selected < choices.length - 1 ? iconButton('chevronRight', text('forkNext'), () => choose(selected + 1)) : nothing}
			</span>
		</div>
		${
			open
				? html`<ol class="fork-choices">
						${choices.map(
							(choice, index) =>
								html`<li>
									<button class="fork-choice" aria-current=${index === selected ? 'true' : 'false'} @click=${() => choose(index)}>
										<span class="fork-mark">${index === selected ? icon('check') : nothing}</span>
										<span class="fork-words" dir="auto"
											>${choice.firstLine === null || choice.firstLine === '' ? text('emptyPrompt') : line(choice.firstLine)}</span
										>
										<span class="muted fork-facts">
											${[
												choice.at === null ? null : format.moment(choice.at),
												text('itemCount', { count: format.integer(choice.items) }, choice.items),
												choice.isRepetition ? text('forkRepetition') : null,
											]
												.filter(part => part !== null)
												.join(' · ')}
										</span>
									</button>
								</li>`,
						)}
					</ol>`
				: nothing
		}
	</div>`;
}

export const forkStyle = css`
	.fork {
		margin-block: 18px -6px;
		font-size: var(--small);
	}
	.fork-line {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 0 8px;
	}
	.fork-steps {
		display: inline-flex;
		align-items: center;
		gap: 2px;
		font-variant-numeric: tabular-nums;
	}
	.fork-line::after {
		content: '';
		flex: 1;
		border-top: 1px dashed var(--line);
	}
	.fork-head {
		display: inline-flex;
		align-items: center;
		gap: 5px;
		padding: 2px 6px;
		border-radius: 4px;
		color: var(--muted);
		text-align: start;
	}
	.fork-head:hover {
		background: var(--vscode-toolbar-hoverBackground);
		color: var(--vscode-foreground);
	}
	.fork-choices {
		display: grid;
		gap: 2px;
		margin: 4px 0 8px;
		padding: 0;
		list-style: none;
	}
	.fork-choice {
		display: grid;
		grid-template-columns: 18px minmax(0, 1fr) auto;
		gap: 6px;
		width: 100%;
		padding: 3px 6px;
		border-radius: 4px;
		text-align: start;
	}
	.fork-choice:hover {
		background: var(--hover);
	}
	.fork-words {
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	@container page (width < 560px) {
		.fork-choice {
			grid-template-columns: 18px minmax(0, 1fr);
		}
		.fork-words {
			white-space: normal;
		}
		.fork-facts {
			grid-column: 2;
		}
	}
`;
