/**
 * Another searcher, which knows nothing of the product's: it reads transcripts line by line, takes every text a message holds, and
 * looks for a query with one regular expression.
 */
import { readFileSync } from 'node:fs';

export interface ScannedText {
	readonly path: string;
	/** Copies of a record have the same one. */
	readonly record: string;
	readonly text: string;
}

export type Sought = { readonly text: string; readonly kind: 'word' | 'prefix' | 'phrase' };

/** Longer texts are searched up to here, as docs/search.md says. */
const longest = 256 * 1024;

const notText: ReadonlySet<string> = new Set([
	'type',
	'id',
	'name',
	'tool_use_id',
	'signature',
	'data',
	'media_type',
	'role',
	'caller',
	'cache_control',
]);

export function textsIn(path: string): ScannedText[] {
	return readFileSync(path, 'utf8')
		.split('\n')
		.flatMap((line, number) => {
			const record = objectIn(line);
			const content = record === null ? [] : contentOf(record);
			const uuid = typeof record?.['uuid'] === 'string' ? record['uuid'] : `${path} ${number}`;
			return content.filter(text => text !== '').map(text => ({ path, record: uuid, text: normal(text.slice(0, longest)) }));
		});
}

type Fields = Readonly<Record<string, unknown>>;

function objectIn(line: string): Fields | null {
	try {
		const value: unknown = JSON.parse(line);
		return typeof value === 'object' && value !== null ? (value as Fields) : null;
	} catch {
		return null;
	}
}

function contentOf(record: Fields): string[] {
	const message = record['message'];
	if ((record['type'] !== 'user' && record['type'] !== 'assistant') || typeof message !== 'object' || message === null) return [];
	const content: unknown = (message as Fields)['content'];
	if (typeof content === 'string') return [withoutTags(content)];
	return Array.isArray(content) ? content.flatMap(block => blockTexts(block as Fields)) : [];
}

function blockTexts(block: Fields): string[] {
	switch (block['type']) {
		case 'text':
			return [withoutTags(String(block['text']))];
		case 'thinking':
			return [String(block['thinking'])];
		case 'tool_use':
			return strings(block['input']);
		case 'tool_result': {
			const content = block['content'];
			if (typeof content === 'string') return [content];
			return Array.isArray(content) ? (content as Fields[]).map(each => (typeof each['text'] === 'string' ? each['text'] : '')) : [];
		}
		default:
			return [];
	}
}

/** What a slash command is wrapped in is no text. */
const withoutTags = (text: string): string =>
	/^\s*<(command-name|command-message|bash-input)>/.test(text) ? text.replace(/<\/?(command-[a-z]+|bash-input)>/g, ' ') : text;

function strings(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) => (notText.has(name) && typeof inner !== 'string' ? [] : strings(inner)));
}

export const normal = (text: string): string =>
	text
		.normalize('NFKD')
		.replace(/[\u0300-\u036f]/g, '')
		.toLowerCase()
		.normalize('NFC');

const unspaced = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}';
const letter = `(?:(?![${unspaced}ー])[\\p{L}\\p{N}\\p{M}])`;

/** What finds a query in a normal text. */
export function patternOf({ text, kind }: Sought): RegExp {
	const sought = normal(text);
	const startsInWord = new RegExp(`^${letter}`, 'u').test(sought);
	const endsInWord = kind !== 'prefix' && new RegExp(`${letter}$`, 'u').test(sought);
	const body = sought
		.trim()
		.split(/\s+/)
		.map(part => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
		.join('\\s+');
	return new RegExp(`${startsInWord ? `(?<!${letter})` : ''}${body}${endsInWord ? `(?!${letter})` : ''}`, 'u');
}
