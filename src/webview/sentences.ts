/**
 * Words of the pages. Each page has a table of English sentences; its document may carry the same tables in the person's
 * language (`l10n/pages.l10n.<language>.json`, put there by the host), of which whatever is missing is said in English.
 */

/**
 * A whole sentence with `{placeholders}`, never fragments to be glued together; where a count decides the form, one
 * sentence for each plural category of the language (`other` is the one that every language has).
 */
export type Sentence = string | ({ readonly other: string } & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>);
export type SentenceTable = Readonly<Record<string, Sentence>>;

/** For one with plural forms, `count` chooses the form; say a formatted count in `values` to show another text for it. */
export type Speaker<T extends SentenceTable> = (key: keyof T & string, values?: Readonly<Record<string, string>>, count?: number) => string;

/** What speaks the sentences of one table; `name` is what the table is called in translations. */
export function speakerOf<T extends SentenceTable>(name: string, english: T, words: DocumentWords = documentWords()): Speaker<T> {
	const translated = words.tables[name] ?? {};
	const own = new Intl.PluralRules(words.language);
	const inEnglish = new Intl.PluralRules('en');
	return (key, values = {}, count = 0) => {
		const theirs = translated[key];
		const sentence: Sentence | undefined = theirs ?? english[key];
		if (sentence === undefined) return key;
		const plurals = theirs === undefined ? inEnglish : own;
		const pattern = typeof sentence === 'string' ? sentence : (sentence[plurals.select(count)] ?? sentence.other);
		return pattern.replace(/\{(\w+)\}/g, (placeholder, value: string) => values[value] ?? placeholder);
	};
}

export interface DocumentWords {
	readonly language: string;
	readonly tables: Readonly<Record<string, SentenceTable>>;
}

let read: DocumentWords | null = null;

/** The host wrote them, from a file that is shipped: only that they are JSON is not taken for granted. */
function documentWords(): DocumentWords {
	return (read ??= readDocument(globalThis.document));
}

function readDocument(document: Document | undefined): DocumentWords {
	const words = document?.body.dataset['words'];
	if (document === undefined || words === undefined) return { language: 'en', tables: {} };
	try {
		return { language: document.documentElement.lang, tables: JSON.parse(words) as DocumentWords['tables'] };
	} catch {
		return { language: 'en', tables: {} };
	}
}
