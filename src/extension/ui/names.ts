/**
 * Every name that the manifest and the code share, once. A test compares these with package.json both ways: a command
 * that nobody registers, a setting that nobody reads or a context key that nobody sets fails it.
 */

export const extensionId = 'session-insights.session-insights-for-claude-code';

export const viewIds = {
	container: 'sessionInsights',
	sessions: 'sessionInsights.sessions',
	search: 'sessionInsights.search',
	fileSessions: 'sessionInsights.fileSessions',
	jobs: 'sessionInsights.jobs',
	insights: 'sessionInsights.insights',
	transcript: 'sessionInsights.transcript',
} as const;

export const walkthroughId = 'sessionInsights.start';

/** Commands without an argument. */
export const commandIds = {
	/** `{ text }` for what to begin with; so the next one. */
	searchEverything: 'sessionInsights.searchEverything',
	showSearch: 'sessionInsights.showSearch',
	rebuildSearch: 'sessionInsights.rebuildSearch',
	refresh: 'sessionInsights.refresh',
	rebuildIndex: 'sessionInsights.rebuildIndex',
	openInsights: 'sessionInsights.openInsights',
	openInsightsBeside: 'sessionInsights.openInsightsBeside',
	showLog: 'sessionInsights.showLog',
	openSettings: 'sessionInsights.openSettings',
	openWalkthrough: 'sessionInsights.openWalkthrough',
	toggleAllProjects: 'sessionInsights.toggleAllProjects',
	filterSessions: 'sessionInsights.filterSessions',
	clearFilter: 'sessionInsights.clearFilter',
	/** With the row that gets one page more below it. */
	showMore: 'sessionInsights.showMore',
	groupSessions: 'sessionInsights.groupSessions',
	sortSessions: 'sessionInsights.sortSessions',
	goToSession: 'sessionInsights.goToSession',
	showHidden: 'sessionInsights.showHidden',
	stopShowingHidden: 'sessionInsights.stopShowingHidden',
	manageTags: 'sessionInsights.manageTags',
	/** With the file's address; without, for the file in the active editor. */
	sessionsForFile: 'sessionInsights.sessionsForFile',
	groupByCategory: 'sessionInsights.groupByCategory',
	groupByDay: 'sessionInsights.groupByDay',
	filterByCategory: 'sessionInsights.filterByCategory',
	classifySessions: 'sessionInsights.classifySessions',
	setApiKey: 'sessionInsights.setApiKey',
	removeApiKey: 'sessionInsights.removeApiKey',
	showJobs: 'sessionInsights.showJobs',
	cleanUp: 'sessionInsights.cleanUp',
	compactDatabase: 'sessionInsights.compactDatabase',
	backUpNow: 'sessionInsights.backUpNow',
	withdrawConsent: 'sessionInsights.withdrawConsent',
	restoreBackup: 'sessionInsights.restoreBackup',
	showStorage: 'sessionInsights.showStorage',
	exportLedger: 'sessionInsights.exportLedger',
	importLedger: 'sessionInsights.importLedger',
	deleteAllData: 'sessionInsights.deleteAllData',
	exportSessionTable: 'sessionInsights.exportSessionTable',
	exportInsights: 'sessionInsights.exportInsights',
	createDiagnostics: 'sessionInsights.createDiagnostics',
} as const;

/** Commands on one session: the argument is a row of the tree, `{ sessionId }`, or nothing for the selected row. */
export const sessionCommandIds = {
	/** Also `{ sessionId, agentId, messageId }`: opens at that message. */
	openTranscript: 'sessionInsights.openTranscript',
	openTranscriptFile: 'sessionInsights.openTranscriptFile',
	/** With a row of the view of a file's sessions. */
	openAtFile: 'sessionInsights.openAtFile',
	/** With a row of one of our lists that was clicked. */
	openClickedRow: 'sessionInsights.openClickedRow',
	/** `{ view }`: the row of that list on which Enter was pressed. */
	openRowByKey: 'sessionInsights.openRowByKey',
	revealTranscript: 'sessionInsights.revealTranscript',
	copySessionId: 'sessionInsights.copySessionId',
	copyTranscriptPath: 'sessionInsights.copyTranscriptPath',
	/** `{ sessionId, messageId }` for a link to one message of it. */
	copyLink: 'sessionInsights.copyLink',
	resumeInTerminal: 'sessionInsights.resumeInTerminal',
} as const;

/** Commands on sessions: the argument is a row or a group of the tree with all that are selected, `{ sessionId }`, or nothing for the selection. */
export const categoryCommandIds = {
	classify: 'sessionInsights.classify',
	correctCategory: 'sessionInsights.correctCategory',
} as const;

/**
 * What a person writes on sessions: the argument is as above. With `{ sessionId }` come `title`, `note` (texts) or `tags` (a list)
 * where nobody is to be asked.
 */
export const markCommandIds = {
	renameSession: 'sessionInsights.renameSession',
	pinSession: 'sessionInsights.pinSession',
	unpinSession: 'sessionInsights.unpinSession',
	editTags: 'sessionInsights.editTags',
	editNote: 'sessionInsights.editNote',
	hideSession: 'sessionInsights.hideSession',
	unhideSession: 'sessionInsights.unhideSession',
} as const;

/** What a person takes out of the extension, or has forgotten: the argument is as above. */
export const dataCommandIds = {
	exportSession: 'sessionInsights.exportSession',
	forgetSession: 'sessionInsights.forgetSession',
} as const;

/** Commands on one job: the argument is a row of the jobs view, or nothing for the selected row. */
export const jobCommandIds = {
	cancelJob: 'sessionInsights.cancelJob',
	retryJob: 'sessionInsights.retryJob',
	runJobNow: 'sessionInsights.runJobNow',
	raiseJobPriority: 'sessionInsights.raiseJobPriority',
	lowerJobPriority: 'sessionInsights.lowerJobPriority',
	copyJobError: 'sessionInsights.copyJobError',
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
	'classification.provider',
	'classification.claudeModel',
	'classification.languageModel',
	'classification.anthropicModel',
	'classification.anthropicUrl',
	'classification.openAiUrl',
	'classification.openAiModel',
	'classification.timeoutSeconds',
	'classification.concurrency',
	'classification.sessionsPerRequest',
	'classification.maxCostPerRun',
	'classification.maxCostPerDay',
	'classification.automatic',
	'classification.loadClaudeUserSettings',
	'jobs.concurrency',
	'jobs.concurrencyByType',
	'jobs.keepDays',
	'search.enabled',
	'backups',
	'modelTools.enabled',
	'modelTools.scope',
	'modelTools.mcpServer',
	'budget.daily',
	'budget.weekly',
	'budget.monthly',
	'budget.warnAtPercent',
] as const;
export type SettingName = (typeof settingNames)[number];

/** Of a tool that language models call: VS Code wants its name to be like no other extension's. */
export const languageModelToolName = (tool: string): string => `session_insights_${tool}`;

export const mcpProviderId = 'sessionInsights.mcp';

export const contextKeyNames = {
	/** A ViewState: which welcome text the empty tree shows. */
	viewState: 'sessionInsights.viewState',
	allProjects: 'sessionInsights.allProjects',
	filtered: 'sessionInsights.filtered',
	showsHidden: 'sessionInsights.showsHidden',
	/** By what the sessions are grouped. */
	grouping: 'sessionInsights.grouping',
	/** Which welcome text the empty view of a file's sessions shows. */
	fileState: 'sessionInsights.fileState',
} as const;

/** Words of a tree item's context value, by which menus choose. */
export const itemWords = {
	session: 'session',
	group: 'group',
	subagent: 'subagent',
	withFile: 'withFile',
	pinned: 'pinned',
	unpinned: 'unpinned',
	hidden: 'hidden',
	shown: 'shown',
	resumable: 'resumable',
	job: 'job',
	/** Waits for its turn or its time. */
	waiting: 'waiting',
	/** Waits for a time in the future. */
	scheduled: 'scheduled',
	cancellable: 'cancellable',
	retryable: 'retryable',
	withError: 'withError',
} as const;
