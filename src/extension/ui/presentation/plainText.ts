/** Text of a transcript made fit to stand in a label or in Markdown: it is data of strangers and must stay text. */

/** White space, control characters and the marks that turn writing direction, with which a title could disguise itself; not the joiners inside emoji and words. */
const unprintable = /(?:(?![\u200c\u200d])[\p{Cc}\p{Cf}\s])+/gu;

/** One line of at most `maxLength` characters (code points); cut text ends with an ellipsis. */
export function oneLine(text: string, maxLength: number): string {
	// Cut before looking at every character: a prompt may be megabytes long.
	const line = text
		.slice(0, maxLength * 4)
		.toWellFormed()
		.replace(unprintable, ' ')
		.trim();
	const characters = Array.from(line);
	if (characters.length <= maxLength && text.length <= maxLength * 4) return line;
	return `${characters.slice(0, maxLength - 1).join('')}…`;
}

/** The same text in Markdown: every ASCII punctuation mark escaped, so that neither markup, HTML nor an automatic link is left. */
export function escapeMarkdown(text: string): string {
	return text.replace(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}
