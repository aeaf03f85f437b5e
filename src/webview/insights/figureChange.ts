import type { Figure } from '../contract/overview.ts';

export type FigureChange =
	/** There is no period before, as in the range `all`, or nothing happened in either. */
	| { readonly kind: 'none' }
	| { readonly kind: 'new' }
	| { readonly kind: 'same' }
	| { readonly kind: 'up' | 'down'; readonly fraction: number; readonly before: number };

/** A figure against the period of equal length before (VIEW-2). What rounds to no percent is the same. */
export function figureChange({ now, before }: Figure): FigureChange {
	if (before === null || (before === 0 && now === 0)) return { kind: 'none' };
	if (before === 0) return { kind: 'new' };
	const fraction = (now - before) / before;
	if (Math.abs(fraction) < 0.005) return { kind: 'same' };
	return { kind: fraction > 0 ? 'up' : 'down', fraction: Math.abs(fraction), before };
}
