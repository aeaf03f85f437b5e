/** What the marks in the sessions table mean: those that are in the rows that are shown, and no others. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { icon } from '../components/icons.ts';
import type { SessionRow } from '../contract/sessions.ts';
import type { StringKey } from '../strings.ts';
import { text } from '../text.ts';
import { type Badge, badgesOf } from './sessionBadges.ts';
import { isUnsure } from './sessionCategory.ts';

interface Sign {
	readonly sign: TemplateResult | string;
	readonly means: StringKey;
	readonly isIn: (session: SessionRow) => boolean;
}

const signs: readonly Sign[] = [
	{ sign: icon('sparkle'), means: 'keyByModel', isIn: ({ category }) => category?.kind === 'model' },
	{ sign: icon('account'), means: 'keyByPerson', isIn: ({ category }) => category?.kind === 'person' },
	{
		sign: html`<span class="unsure">${text('keyUnsureSign')}</span>`,
		means: 'keyUnsure',
		isIn: ({ category }) => category !== null && isUnsure(category),
	},
	{ sign: '$…+', means: 'keyPartlyPriced', isIn: ({ costUsd, unpricedTokens }) => costUsd !== null && unpricedTokens > 0 },
	{ sign: '–', means: 'noPrice', isIn: ({ costUsd }) => costUsd === null },
];

/** It says by itself what it is. */
const isPlain = (kind: Badge['kind']): boolean => kind === 'malformed';

/** Screen readers hear each of them in its cell, but for what a badge means. */
export function sessionsKey(rows: readonly SessionRow[]): TemplateResult | typeof nothing {
	const shown = signs.filter(({ isIn }) => rows.some(isIn));
	const badges = new Map(
		rows.flatMap(badgesOf).flatMap(({ kind, label, hint }) => (isPlain(kind) || hint === null ? [] : [[label, hint] as const])),
	);
	if (shown.length === 0 && badges.size === 0) return nothing;
	return html`<ul class="key sessions-key" aria-hidden=${badges.size === 0 ? 'true' : nothing}>
		${[...badges].map(
			([label, means]) =>
				html`<li>
					<span class="sign"><span class="badge">${text(label)}</span></span
					>${text(means)}
				</li>`,
		)}
		${shown.map(({ sign, means }) => html`<li aria-hidden="true"><span class="sign">${sign}</span>${text(means)}</li>`)}
	</ul>`;
}

export const sessionsKeyStyle = css`
	.sessions-key {
		margin: 10px 8px 0;
	}
	.sessions-key .sign {
		white-space: nowrap;
	}
	.sessions-key .icon {
		width: 13px;
		height: 13px;
	}
`;
