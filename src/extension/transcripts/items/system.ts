/** Errors of the API, interruptions and compactions. */
import { INTERRUPTION } from '../../claude/transcript/promptText.ts';
import type { CompactionContent, ErrorContent, InterruptionContent } from '../../../webview/contract/transcriptItems.ts';
import type { ItemParts } from '../itemParts.ts';
import { countOf, fieldsOf, type Fields, nameOf, textOf } from '../values.ts';
import { plainText } from './contentBlocks.ts';
import type { ReadRecord } from './record.ts';

export function interruptionContent({ fields }: ReadRecord): InterruptionContent {
	const text = plainText(fieldsOf(fields['message'])?.['content']);
	return { kind: 'interruption', isForTool: text.includes(`${INTERRUPTION} for tool use`) };
}

/** Either written in the model's name, or one record for each try. */
export function errorContent({ fields }: ReadRecord, parts: ItemParts): ErrorContent {
	const isAnswer = fields['type'] === 'assistant';
	const error = fieldsOf(fields['error']);
	const text = isAnswer ? plainText(fieldsOf(fields['message'])?.['content']) : errorText(fields, error);
	return {
		kind: 'error',
		text: parts.text(text),
		type: nameOf(fields['error']) ?? nameOf(nested(error)?.['type']) ?? nameOf(error?.['type']),
		status: countOf(fields['apiErrorStatus']) ?? countOf(error?.['status']),
		attempt: countOf(fields['retryAttempt']),
		maxAttempts: countOf(fields['maxRetries']),
		retryMs: countOf(fields['retryInMs']),
	};
}

/** The API's own error inside the client's, one or two levels down (claude-on-disk: eight shapes). */
function nested(error: Fields | null): Fields | null {
	const inner = fieldsOf(error?.['error']);
	return fieldsOf(inner?.['error']) ?? inner;
}

function errorText(fields: Fields, error: Fields | null): string {
	const cause = fieldsOf(error?.['cause']) ?? fieldsOf(fields['cause']);
	return (
		textOf(error?.['formatted']) ??
		textOf(nested(error)?.['message']) ??
		textOf(error?.['message']) ??
		textOf(cause?.['message']) ??
		textOf(cause?.['code']) ??
		textOf(fields['content']) ??
		''
	);
}

/** `summary` is the record that follows the boundary, or stands alone where the boundary is missing. */
export function compactionContent(boundary: ReadRecord | null, summary: ReadRecord | null, parts: ItemParts): CompactionContent {
	const metadata = fieldsOf(boundary?.fields['compactMetadata']);
	const trigger = metadata?.['trigger'];
	const text = summary === null ? null : plainText(fieldsOf(summary.fields['message'])?.['content']);
	return {
		kind: 'compaction',
		trigger: trigger === 'auto' || trigger === 'manual' ? trigger : null,
		tokensBefore: countOf(metadata?.['preTokens']),
		tokensAfter: countOf(metadata?.['postTokens']),
		durationMs: countOf(metadata?.['durationMs']),
		summary: parts.optional(text),
	};
}
