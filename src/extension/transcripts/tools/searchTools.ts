/** Searches in files and for tools. */
import type { SearchDetail } from '../../../webview/contract/transcriptTools.ts';
import { countOf, type Fields, jsonText, listOf, nameOf, textOf } from '../values.ts';
import type { ToolCall, ToolView } from './toolParts.ts';

const mostFiles = 500;
const shownByThemselves = new Set(['pattern', 'path', 'query']);

export const searchView: ToolView = ({ name, input, details, isError }, parts) => {
	const files = listOf(details?.['filenames']).filter(file => typeof file === 'string');
	const content = textOf(details?.['content']);
	const detail: SearchDetail = {
		kind: 'search',
		pattern: nameOf(input['pattern']) ?? nameOf(input['query']) ?? (name === 'LS' ? (nameOf(input['path']) ?? '') : ''),
		path: name === 'LS' ? null : nameOf(input['path']),
		options: optionsOf(input),
		count: countOf(details?.['numMatches']) ?? countOf(details?.['numFiles']) ?? (details === null ? null : files.length || null),
		files: files.slice(0, mostFiles),
		content: content === null || content === '' ? null : parts.text(content),
		isTruncated: details?.['truncated'] === true || files.length > mostFiles || countOf(details?.['appliedLimit']) !== null,
	};
	return { detail, isWhole: !isError && (files.length > 0 || detail.content !== null) };
};

const optionsOf = (input: Fields): string[] =>
	Object.entries(input)
		.filter(([name]) => !shownByThemselves.has(name))
		.slice(0, 20)
		.map(([name, value]) => `${name.slice(0, 100)}: ${jsonText(value).slice(0, 200)}`);

export const webView: ToolView = (call, parts) => {
	const { input, details, isError } = call;
	const answer = textOf(details?.['result']);
	const links = linksIn(details);
	return {
		detail: {
			kind: 'web',
			url: nameOf(input['url']) ?? nameOf(details?.['url']),
			query: nameOf(input['query']) ?? nameOf(details?.['query']),
			prompt: parts.optional(textOf(input['prompt'])),
			statusCode: countOf(details?.['code']),
			bytes: countOf(details?.['bytes']),
			answer: parts.optional(answer ?? spokenIn(call)),
			links,
		},
		isWhole: !isError && (answer !== null || links.length > 0),
	};
};

/** A web search answers with lists of links, and with texts between them. */
function linksIn(details: ToolCall['details']): { title: string; url: string }[] {
	return listOf(details?.['results'])
		.flatMap(result => (typeof result === 'object' && result !== null ? listOf((result as Fields)['content']) : []))
		.map(item => (typeof item === 'object' && item !== null ? (item as Fields) : {}))
		.map(link => ({ title: nameOf(link['title']) ?? '', url: nameOf(link['url']) ?? '' }))
		.filter(({ url }) => url !== '')
		.slice(0, 100);
}

function spokenIn({ details }: ToolCall): string | null {
	const texts = listOf(details?.['results']).filter(result => typeof result === 'string');
	return texts.length === 0 ? null : texts.join('\n\n');
}
