/** Where the words of the pages lie: beside those of the host, of which VS Code has chosen the language. */

/** `…/l10n/bundle.l10n.pt-br.json` gives `…/l10n/pages.l10n.pt-br.json`; null for a name that says no language. */
export function wordsFileOf(bundle: string): { readonly path: string; readonly language: string } | null {
	const match = /^(.*[\\/])bundle\.l10n\.([a-z]+(?:-[a-z]+)*)\.json$/i.exec(bundle);
	const [, folder, language] = match ?? [];
	return folder === undefined || language === undefined ? null : { path: `${folder}pages.l10n.${language}.json`, language };
}
