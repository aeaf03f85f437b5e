/** Words from the table with their placeholders filled. */
import { language, type Sentence, type StringKey, strings } from './strings.ts';

const plurals = new Intl.PluralRules(language);

/** The sentence of that name. For one with plural forms, `count` chooses the form; say a formatted count in `values` to show another text for it. */
export function text(key: StringKey, values: Readonly<Record<string, string>> = {}, count = 0): string {
	const sentence: Sentence = strings[key];
	const pattern = typeof sentence === 'string' ? sentence : (sentence[plurals.select(count)] ?? sentence.other);
	return pattern.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}
