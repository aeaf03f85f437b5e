/** What may stand in the field, each with an example that a click puts there. */
import { type TemplateResult, css, html } from 'lit';
import type { StringKey } from './strings.ts';
import { text } from './text.ts';
import type { View } from './view.ts';

/** Search words are the same in every language. */
export const tips: readonly (readonly [example: string, meaning: StringKey])[] = [
	['payment retry', 'tipWords'],
	['"exact phrase"', 'tipPhrase'],
	['migrat*', 'tipPrefix'],
	['-draft', 'tipNot'],
	['~refreshTok', 'tipSubstring'],
	['file:parser.ts', 'tipFile'],
	['tool:Bash', 'tipTool'],
	['project:shop', 'tipProject'],
	['branch:main', 'tipBranch'],
	['model:opus', 'tipModel'],
	['category:bug_fix', 'tipCategory'],
	['after:2026-11-01', 'tipAfter'],
	['before:2026-11-21', 'tipBefore'],
];

export function tipList({ state, model }: View, focusField: () => void): TemplateResult {
	const add = (example: string) => {
		model.type(`${state.saved.text.trimEnd()} ${example}`.trimStart());
		focusField();
	};
	return html`<section class="tips">
		<h2>${text('tipsTitle')}</h2>
		<ul>
			${tips.map(
				([example, meaning]) =>
					html`<li>
						<button title=${text('tipInsert', { example })} @click=${() => add(example)}><code>${example}</code></button>
						<span>${text(meaning)}</span>
					</li>`,
			)}
		</ul>
	</section>`;
}

export const tipsStyle = css`
	.tips {
		padding: 4px 12px 12px;
	}
	.tips h2 {
		margin: 8px 0 4px;
		font-size: var(--small);
		font-weight: 600;
	}
	.tips ul {
		display: grid;
		grid-template-columns: max-content minmax(0, 1fr);
		align-items: baseline;
		gap: 4px 10px;
		margin: 0;
		padding: 0;
		list-style: none;
	}
	.tips li {
		display: contents;
	}
	.tips li span {
		color: var(--muted);
		font-size: var(--small);
	}
	.tips button {
		border-radius: 3px;
		justify-self: start;
	}
	.tips code {
		padding: 1px 4px;
		border: 1px solid var(--vscode-contrastBorder, transparent);
		border-radius: 3px;
		background: var(--grid);
		color: inherit;
		font-family: var(--vscode-editor-font-family, monospace);
		font-size: var(--small);
	}
	.tips button:hover code {
		color: var(--vscode-textLink-foreground);
	}
`;
