/**
 * Every name that the manifest and the code share, once. A test compares these with package.json both ways: a command
 * that nobody registers, a setting that nobody reads or a context key that nobody sets fails it.
 */

export const extensionId = 'session-insights.session-insights-for-claude-code';

export const viewIds = {
	container: 'sessionInsights',
	sessions: 'sessionInsights.sessions',
	insights: 'sessionInsights.insights',
} as const;

export const walkthroughId = 'sessionInsights.start';

/** Commands without an argument. */
export const commandIds = {
	refresh: 'sessionInsights.refresh',
	rebuildIndex: 'sessionInsights.rebuildIndex',
	openInsights: 'sessionInsights.openInsights',
	showLog: 'sessionInsights.showLog',
	openSettings: 'sessionInsights.openSettings',
	openWalkthrough: 'sessionInsights.openWalkthrough',
	toggleAllProjects: 'sessionInsights.toggleAllProjects',
	filterSessions: 'sessionInsights.filterSessions',
	clearFilter: 'sessionInsights.clearFilter',
	showMore: 'sessionInsights.showMore',
} as const;

/** Commands on one session: the argument is a row of the tree, `{ sessionId }`, or nothing for the selected row. */
export const sessionCommandIds = {
	openTranscript: 'sessionInsights.openTranscript',
	revealTranscript: 'sessionInsights.revealTranscript',
	copySessionId: 'sessionInsights.copySessionId',
	copyTranscriptPath: 'sessionInsights.copyTranscriptPath',
	resumeInTerminal: 'sessionInsights.resumeInTerminal',
} as const;

export const settingSection = 'sessionInsights';

export const settingNames = [
	'claudeDirectories',
	'claudePath',
	'rescanSeconds',
	'priceOverrides',
	'parserThreads',
	'indexTimeoutMinutes',
	'showAllProjects',
	'showStatusBar',
	'weekStartsOn',
] as const;
export type SettingName = (typeof settingNames)[number];

export const contextKeyNames = {
	/** A ViewState: which welcome text the empty tree shows. */
	viewState: 'sessionInsights.viewState',
	allProjects: 'sessionInsights.allProjects',
	filtered: 'sessionInsights.filtered',
} as const;

/** Words of a tree item's context value, by which menus choose. */
export const itemWords = { session: 'session', subagent: 'subagent', withFile: 'withFile', resumable: 'resumable' } as const;
