/** The document of a page: nothing in it but the script, under a policy that allows nothing else (NFR-2). */

export interface PageWords {
	readonly language: string;
	/** The tables of sentences by name, as JSON. */
	readonly tables: string;
}

export interface PageParts {
	readonly title: string;
	/** The words of the page in another language than English; null for English (`webview/sentences.ts`). */
	readonly words: PageWords | null;
	/** Unguessable, new for each document. */
	readonly nonce: string;
	/** The webview's own origin, from VS Code. */
	readonly cspSource: string;
	readonly scriptUri: string;
	/** Pictures that the page makes of data it was given; without it, pictures of the page's own. */
	readonly showsStoredImages?: boolean;
}

function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

export function pageHtml({ title, words, nonce, cspSource, scriptUri, showsStoredImages = false }: PageParts): string {
	const policy = [
		`default-src 'none'`,
		`script-src 'nonce-${nonce}'`,
		`style-src ${cspSource}`,
		`font-src ${cspSource}`,
		`img-src ${showsStoredImages ? 'blob:' : `${cspSource} data:`}`,
		`base-uri 'none'`,
		`form-action 'none'`,
	].join('; ');
	return `<!DOCTYPE html>
<html lang="${escapeHtml(words?.language ?? 'en')}">
<head>
	<meta charset="utf-8">
	<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	<title>${escapeHtml(title)}</title>
</head>
<body${words === null ? '' : ` data-words="${escapeHtml(words.tables)}"`}>
	<script type="module" nonce="${escapeHtml(nonce)}" src="${escapeHtml(scriptUri)}"></script>
</body>
</html>
`;
}
