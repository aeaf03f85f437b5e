/**
 * The words an export adds to what was said, in the language of whoever exports. `{0}` is filled in. Translations stand with those of the
 * pages, as the table `export`.
 */
export const englishWords = {
	exportedBy: 'Exported by Session Insights for Claude Code on {0}.',
	secretsRedacted: 'Secrets that were recognised are redacted.',
	secretsLeft: 'Secrets are not redacted.',
	otherBranches: 'The conversation forks {0} times; only one of its versions is here.',
	transcriptGone: 'The transcript is not on disk any more: only what was known of it is here.',
	project: 'Project',
	folder: 'Folder',
	branch: 'Branch',
	models: 'Models',
	started: 'Started',
	ended: 'Ended',
	prompts: 'Prompts',
	responses: 'Responses',
	toolCalls: 'Tool calls',
	tokens: 'Tokens',
	cost: 'Cost',
	unpriced: 'no known price',
	session: 'Session',
	version: 'Claude Code',
	you: 'You',
	task: 'Claude, task for this subagent',
	claude: 'Claude',
	subagent: 'Subagent',
	seeSubagent: 'Its conversation stands below.',
	thinking: 'Thinking',
	thinkingNotKept: 'Claude Code did not keep what was thought.',
	result: 'Result',
	errorOutput: 'Error output',
	exitCode: 'Exit code {0}',
	failed: 'failed',
	denied: 'denied',
	interrupted: 'interrupted',
	pending: 'no result',
	interruption: 'Interrupted by the user',
	apiError: 'API error',
	compaction: 'The conversation was compacted',
	context: 'Context',
	command: 'Command',
	output: 'Output',
	plan: 'Plan',
	answer: 'Answer',
	image: 'Picture ({0}, {1} bytes)',
	document: 'Document ({0}, {1} bytes)',
	copied: 'copied from another session',
	unreadableGone: 'Not readable: the transcript was deleted ({0}).',
	unreadableChanged: 'Not readable: the transcript was rewritten ({0}).',
	unreadableTooLarge: 'Not shown: the record is too large ({0}).',
	unreadableFailed: 'Not readable ({0}).',
	cut: '… {0} more characters are not in this export',
} as const;

export type ExportWord = keyof typeof englishWords;
export type ExportWords = Readonly<Record<ExportWord, string>>;

export function filled(sentence: string, ...values: readonly (string | number)[]): string {
	return sentence.replace(/\{(\d)\}/g, (_, at: string) => String(values[Number(at)] ?? ''));
}
