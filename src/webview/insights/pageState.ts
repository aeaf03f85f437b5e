/** What the panel knows: what was asked for, what came of it, and what is on its way. */
import type { InsightsHead, InsightsPage, InsightsPageName } from '../contract/insights.ts';
import type { SessionPage } from '../contract/sessions.ts';
import type { IndexStatus } from '../contract/status.ts';
import type { SavedState } from './savedState.ts';

type Pages = { readonly [P in InsightsPageName]?: Extract<InsightsPage, { readonly page: P }> };

export interface PageState {
	/** Where the person is and how they like it shown; `query` is never null after the hello. */
	readonly saved: SavedState;
	readonly locale: string | undefined;
	readonly hasFolder: boolean;
	/** Null until the extension has answered. */
	readonly status: IndexStatus | null;
	/** The last answer for each page; perhaps of another query, or of data that has changed since. */
	readonly pages: Pages;
	/** What the last answer said of its query. */
	readonly head: InsightsHead | null;
	readonly sessions: SessionPage | null;
	readonly offset: number;
	/** Figures shown belong to an older query than the chosen one. */
	readonly loadingPage: boolean;
	readonly loadingSessions: boolean;
	/** Why the figures, or what the person asked for, failed. */
	readonly loadError: string | null;
	readonly actionError: string | null;
}

/** What changed so that a person who does not see it should hear of it. */
export type Announcement = 'figures' | 'sessions' | 'indexed' | 'copied';

/** The page with figures that is shown, or that the sessions belong to. */
export function figuresPage({ page, behind }: SavedState): InsightsPageName {
	return page === 'sessions' ? (behind?.from ?? 'overview') : page;
}
