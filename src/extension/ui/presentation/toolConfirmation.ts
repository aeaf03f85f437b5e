/** What a person reads before a language model may look into their history: what exactly will be read. */
import type { Scope } from '../../../webview/contract/sessions.ts';
import { limits, type ToolName } from '../../modelTools/definitions.ts';
import { readInput } from '../../modelTools/inputs.ts';
import type { Translate } from './language.ts';
import { escapeMarkdown, oneLine } from './plainText.ts';

export interface ToolConfirmation {
	/** While the tool runs. */
	readonly invocation: string;
	readonly title: string;
	/** Markdown; what the model asked for stands in it as text. */
	readonly message: string;
}

export interface ConfirmedBy {
	readonly scope: Scope;
	/** Of the session that is asked for: an id says nothing to a person. Null when there is none. */
	readonly sessionTitle: string | null;
	readonly t: Translate;
}

/** @throws ToolError for an input that will be refused: nobody is asked about that. */
export function toolConfirmation(tool: ToolName, input: unknown, { scope, sessionTitle, t }: ConfirmedBy): ToolConfirmation {
	const where = scope === 'all' ? t('of all projects on this computer') : t('of this workspace');
	const kept = t('Secrets that are recognised are taken out. At most {0} characters are given to the model.', limits.answer);
	switch (tool) {
		case 'search_sessions': {
			const { query, limit } = readInput(tool, input);
			return {
				invocation: t('Searching Claude Code sessions'),
				title: t('Search Claude Code sessions?'),
				message: `${t('The model will read at most {0} excerpts of the sessions {1} that match: {2}', limit, where, quoted(query))}\n\n${kept}`,
			};
		}
		case 'get_session': {
			const { sessionId, prompts } = readInput(tool, input);
			return {
				invocation: t('Reading a Claude Code session'),
				title: t('Read a Claude Code session?'),
				message: `${t('The model will read a summary of the session {0}: title, at most {1} of your prompts, names of files, commands, cost.', quoted(sessionTitle ?? sessionId), prompts)}\n\n${kept}`,
			};
		}
		case 'get_usage': {
			const { since, until } = readInput(tool, input);
			const span = since === null && until === null ? t('the last 30 days') : `${since ?? '…'} – ${until ?? t('today')}`;
			return {
				invocation: t('Adding up the use of Claude Code'),
				title: t('Read figures of your Claude Code use?'),
				message: t('The model will read sums of sessions, tokens and cost {0} for {1}. It reads nothing that was said.', where, span),
			};
		}
	}
}

function quoted(text: string): string {
	return `“${escapeMarkdown(oneLine(text, limits.queryLength))}”`;
}
