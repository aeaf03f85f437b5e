/** Edits as the lines that went and came, with the words that differ marked; and the way to VS Code's own diff. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { type ChangeHunk, type ChangeLine, changesOf, countsOf, hunksOfTexts, textOf } from '../../components/content/lineChanges.ts';
import type { EditDetail } from '../../contract/transcriptTools.ts';
import { fileLink, longText, box } from '../items/parts.ts';
import type { ItemView } from '../view.ts';
import { text } from '../words.ts';
import { languageOfPath } from '../../components/content/highlight.ts';
import { button } from '../../components/toolkit/button.ts';

/** Lines that are drawn; what is longer is a file, not an edit. */
const mostLines = 400;

/** The comparison takes a moment: it is kept with the detail it was made of. */
const compared = new WeakMap<EditDetail, readonly ChangeHunk[]>();

export function changes(detail: EditDetail): readonly ChangeHunk[] {
	const known = compared.get(detail);
	if (known !== undefined) return known;
	const hunks =
		detail.hunks.length > 0
			? changesOf(detail.hunks)
			: detail.replacements.flatMap(({ oldText, newText }) => hunksOfTexts(oldText?.text ?? '', newText.text, oldText === null));
	compared.set(detail, hunks);
	return hunks;
}

export function editCounts(detail: EditDetail): TemplateResult {
	const counted = detail.linesAdded === null || detail.linesRemoved === null ? countsOf(changes(detail)) : null;
	const added = detail.linesAdded ?? counted?.added ?? 0;
	const removed = detail.linesRemoved ?? counted?.removed ?? 0;
	return html`<span class="edit-counts" title=${text('linesChanged', { added: String(added), removed: String(removed) })}>
		${added === 0 ? nothing : html`<span class="added-count">+${added}</span>`}
		${removed === 0 ? nothing : html`<span class="removed-count">−${removed}</span>`}
	</span>`;
}

export function editBody(view: ItemView, detail: EditDetail): TemplateResult {
	const { model, conversation, item } = view;
	const [only] = detail.replacements;
	// A file written anew has nothing to compare with: it is shown as what it is.
	const isWhole = detail.hunks.length === 0 && only?.oldText === null && detail.replacements.length === 1;
	const firstLine = detail.hunks[0]?.newStart ?? null;
	const compare = async () => {
		const part = (each: number) => model.partOf(conversation, item.id, each);
		if (detail.hunks.length > 0) {
			model.actions.openDiff(detail.filePath, sideOf(changes(detail), 'removed'), sideOf(changes(detail), 'added'));
			return;
		}
		const pairs = await Promise.all(
			detail.replacements.map(async ({ oldText, newText }) => [
				oldText === null ? '' : await model.texts.whole(part(oldText.part), oldText),
				await model.texts.whole(part(newText.part), newText),
			]),
		);
		model.actions.openDiff(detail.filePath, pairs.map(([before]) => before).join('\n…\n'), pairs.map(([, after]) => after).join('\n…\n'));
	};
	return html`<div class="edit-tools">
			${fileLink(view, detail.filePath, firstLine)} ${button({ label: text('openDiff'), press: () => void compare() })}
			${detail.isUserModified ? html`<span class="muted">${text('modifiedByPerson')}</span>` : nothing}
			${detail.replacements.some(each => each.isEvery) ? html`<span class="muted">${text('everyOccurrence')}</span>` : nothing}
		</div>
		${isWhole ? box(longText(view, only.newText, 'code', languageOfPath(detail.filePath))) : guard([detail], () => diffTable(changes(detail)))}
		${detail.isCut ? html`<p class="muted">${text('diffCut')}</p>` : nothing}`;
}

function sideOf(hunks: readonly ChangeHunk[], side: 'added' | 'removed'): string {
	return hunks
		.map(hunk =>
			hunk.lines
				.filter(each => each.kind === 'context' || each.kind === side)
				.map(textOf)
				.join('\n'),
		)
		.join('\n\n…\n\n');
}

function diffTable(hunks: readonly ChangeHunk[]): TemplateResult {
	const total = hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);
	let left = mostLines;
	return html`<div class="diff" role="group" aria-label=${text('diffLabel')}>
		${hunks.map((hunk, at) => {
			const shown = hunk.lines.slice(0, Math.max(0, left));
			left -= shown.length;
			return html`${at > 0 && shown.length > 0 ? html`<div class="diff-gap" aria-hidden="true">⋯</div>` : nothing} ${shown.map(diffLine)}`;
		})}
		${total > mostLines ? html`<p class="diff-gap">${text('moreLines', { count: String(total - mostLines) }, total - mostLines)}</p>` : nothing}
	</div>`;
}

const signs = { context: '', added: '+', removed: '−' } as const;

function diffLine(each: ChangeLine): TemplateResult {
	return html`<div class="diff-line ${each.kind}">
		<span class="diff-number" aria-hidden="true">${each.newNumber ?? each.oldNumber ?? ''}</span
		><span class="diff-sign" aria-hidden="true">${signs[each.kind]}</span
		><span class="diff-text"
			>${each.kind === 'context' ? nothing : html`<span class="unseen">${text(each.kind === 'added' ? 'lineAdded' : 'lineRemoved')} </span>`}${pieces(each)}</span
		>
	</div>`;
}

function pieces(each: ChangeLine): readonly TemplateResult[] {
	return each.pieces.map(piece => {
		const words = html`<plain-text class="piece" .text=${piece.text}></plain-text>`;
		return piece.isChanged ? html`<span class="changed">${words}</span>` : words;
	});
}

export const editStyle = css`
	:root {
		--added-ground: var(--vscode-diffEditor-insertedLineBackground, var(--vscode-diffEditor-insertedTextBackground, transparent));
		--removed-ground: var(--vscode-diffEditor-removedLineBackground, var(--vscode-diffEditor-removedTextBackground, transparent));
	}
	.edit-tools {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		justify-content: space-between;
		gap: 4px 12px;
		margin-block-end: 6px;
	}
	.edit-counts {
		display: inline-flex;
		gap: 6px;
		font-variant-numeric: tabular-nums;
	}
	.added-count {
		color: var(--good);
	}
	.removed-count {
		color: var(--bad);
	}
	.diff {
		overflow: clip;
		padding-block: 4px;
		border: 1px solid var(--vscode-contrastBorder, var(--line));
		border-radius: 6px;
		font-family: var(--code-font);
		font-size: var(--code-size);
		line-height: 1.45;
		tab-size: 4;
	}
	.diff-line {
		display: grid;
		grid-template-columns: minmax(3ch, max-content) 2ch minmax(0, 1fr);
		padding-inline: 8px 10px;
	}
	.diff-number {
		min-width: 3ch;
		color: color-mix(in srgb, var(--muted), var(--vscode-foreground) 60%);
		text-align: end;
		user-select: none;
	}
	.diff-sign {
		text-align: center;
		user-select: none;
	}
	.diff-text {
		white-space: pre-wrap;
		overflow-wrap: anywhere;
	}
	.diff-text .piece {
		display: inline;
	}
	.diff-line.added {
		background: var(--added-ground);
	}
	.diff-line.removed {
		background: var(--removed-ground);
	}
	.diff-line.added .changed {
		border-radius: 2px;
		background: var(--vscode-diffEditor-insertedTextBackground, transparent);
		outline: 1px solid var(--vscode-diffEditor-insertedTextBorder, transparent);
	}
	.diff-line.removed .changed {
		border-radius: 2px;
		background: var(--vscode-diffEditor-removedTextBackground, transparent);
		outline: 1px solid var(--vscode-diffEditor-removedTextBorder, transparent);
	}
	body.vscode-high-contrast .diff-line.added .diff-sign {
		color: var(--vscode-diffEditor-insertedTextBorder, inherit);
		font-weight: 600;
	}
	body.vscode-high-contrast .diff-line.removed .diff-sign {
		color: var(--vscode-diffEditor-removedTextBorder, inherit);
		font-weight: 600;
	}
	.diff-gap {
		margin: 2px 0;
		padding-inline: 8px;
		color: var(--muted);
	}
`;
