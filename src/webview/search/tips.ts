/** What may stand in the field, each with an example that a click puts there. */
import { type TemplateResult, css, html } from 'lit';
import type { StringKey } from './strings.ts';
import { text } from './text.ts';
import type { View } from './view.ts';

type Tip = readonly [example: string, meaning: StringKey];

/** Search words are the same in every language. */
const groups: readonly { readonly title: StringKey; readonly tips: readonly Tip[] }[] = [
	{
		title: 'tipsWords',
		tips: [
			['payment retry', 'tipWords'],
			['"exact phrase"', 'tipPhrase'],
			['migrat*', 'tipPrefix'],
			['~refreshTok', 'tipSubstring'],
			['-draft', 'tipNot'],
		],
	},
	{
		title: 'tipsWhere',
		tips: [
			['file:parser.ts', 'tipFile'],
			['tool:Bash', 'tipTool'],
			['project:shop', 'tipProject'],
			['branch:main', 'tipBranch'],
			['model:opus', 'tipModel'],
			['category:bug_fix', 'tipCategory'],
		],
	},
	{
		title: 'tipsWhen',
		tips: [
			['after:2026-11-01', 'tipAfter'],
			['before:2026-11-21', 'tipBefore'],
		],
	},
];

export function tipList({ state, model }: View, focusField: () => void): TemplateResult {
	const add = (example: string) => {
		model.type(`${state.saved.text.trimEnd()} ${example}`.trimStart());
		focusField();
	};
	const tip = ([example, meaning]: Tip) =>
		html`<li>
			<button title=${text('tipInsert', { example })} @click=${() => add(example)}>
				<code>${example}</code><span>${text(meaning)}</span>
			</button>
		</li>`;
	return html`<section class="tips">
		<h2>${text('tipsTitle')}</h2>
		<p>${text('tipsText')}</p>
		${groups.map(
			({ title, tips }) =>
				html`<h3>${text(title)}</h3>
					<ul>
						${tips.map(tip)}
					</ul>`,
		)}
	</section>`;
}

export const tipsStyle = css`
	.tips {
		padding: 4px 0 12px;
		border-top: 1px solid var(--grid);
	}
	.tips h2,
	.tips h3,
	.tips p {
		margin: 8px 12px 0;
		font-size: var(--small);
	}
	.tips h3 {
		margin-bottom: 2px;
		color: var(--muted);
		font-weight: 600;
	}
	.tips p {
		margin-top: 0;
		color: var(--muted);
	}
	.tips ul {
		margin: 0;
		padding: 0;
		list-style: none;
	}
	.tips button {
		display: grid;
		/* As wide as the longest example: explanations of all groups begin at one line. */
		grid-template-columns: 17.5ch minmax(0, 1fr);
		align-items: baseline;
		gap: 10px;
		width: 100%;
		padding: 2px 12px;
		font-family: var(--vscode-editor-font-family, monospace);
		font-size: var(--small);
		text-align: start;
	}
	.tips button:hover {
		background: var(--hover);
		outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
		outline-offset: -1px;
	}
	.tips button:focus-visible {
		outline: 1px solid var(--vscode-focusBorder);
		outline-offset: -1px;
	}
	.tips button span {
		color: var(--muted);
		font-family: var(--vscode-font-family, sans-serif);
	}
	.tips code {
		color: var(--vscode-textLink-foreground);
		font: inherit;
		overflow-wrap: anywhere;
	}
`;
