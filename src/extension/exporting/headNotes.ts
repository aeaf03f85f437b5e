import { moment } from './facts.ts';
import { type ExportWords, filled } from './words.ts';
import type { ExportHead } from './writer.ts';

/** What a reader should know of the file itself. */
export function headNotes({ choices, exportedAt, forks, isGone }: ExportHead, words: ExportWords): readonly string[] {
	return [
		filled(words.exportedBy, moment(exportedAt) ?? ''),
		choices.redactSecrets ? words.secretsRedacted : words.secretsLeft,
		...(forks > 0 ? [filled(words.otherBranches, forks)] : []),
		...(isGone ? [words.transcriptGone] : []),
	];
}
