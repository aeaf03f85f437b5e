/** Items as Markdown for the clipboard: what was said in full, what was done in a line or a block. Pure. */
import type { AssistantBlock, TranscriptItem } from '../contract/transcriptItems.ts';
import type { ContentBlock, ItemText } from '../contract/transcriptText.ts';
import type { ToolUse } from '../contract/transcriptTools.ts';
import { languageOfPath } from '../components/content/highlight.ts';
import { changesOf, hunksOfTexts, textOf, type ChangeHunk } from '../components/content/lineChanges.ts';
import { toolTitle } from './tools/toolTitle.ts';
import { text } from './words.ts';

export function markdownOf(items: readonly TranscriptItem[]): string {
	const pieces: string[] = [];
	let speaker: string | null = null;
	for (const item of items) {
		const isAnswer = item.kind === 'assistant';
		if (isAnswer && speaker !== 'claude') pieces.push(`## ${text('claude')}`);
		speaker = isAnswer ? 'claude' : item.kind;
		const written = itemMarkdown(item).trim();
		if (written !== '') pieces.push(written);
	}
	return `${pieces.join('\n\n')}\n`;
}

function itemMarkdown(item: TranscriptItem): string {
	switch (item.kind) {
		case 'prompt':
			return [`## ${text('you')}`, whole(item.text), ...item.attachments.map(content)].join('\n\n');
		case 'command':
			return [
				`## ${text('you')}`,
				fence(`${item.name} ${item.args.text}`.trim(), item.isShell ? 'bash' : ''),
				item.output === null ? '' : fence(whole(item.output), ''),
			]
				.filter(Boolean)
				.join('\n\n');
		case 'assistant':
			return item.blocks
				.map(answerBlock)
				.filter(block => block !== '')
				.join('\n\n');
		case 'result':
			return item.results.flatMap(result => result.content.map(content)).join('\n\n');
		case 'interruption':
			return `*${text('interrupted')}*`;
		case 'error':
			return `> **${text('apiError')}:** ${quoted(whole(item.text))}`;
		case 'compaction':
			return [`---\n\n*${text('compaction')}*`, item.summary === null ? '' : whole(item.summary)].filter(Boolean).join('\n\n');
		case 'context':
			return '';
		case 'unreadable':
			return `*${text('unreadable')}*`;
	}
}

function answerBlock(block: AssistantBlock): string {
	switch (block.kind) {
		case 'answer':
			return whole(block.markdown);
		case 'thinking':
			return block.text.text.trim() === '' ? '' : `> *${text('thinking')}*\n>\n> ${quoted(whole(block.text))}`;
		case 'tool':
			return toolMarkdown(block.tool);
		case 'content':
			return content(block.block);
	}
}

function toolMarkdown(tool: ToolUse): string {
	const { title, summary, isCode } = toolTitle(tool);
	const { detail } = tool;
	const said = summary === '' ? '' : isCode ? ` ${inlineCode(summary)}` : ` ${summary}`;
	const head = `**${title}**${detail.kind === 'shell' ? '' : said}${tool.error === null ? '' : ` (${tool.error})`}`;
	switch (detail.kind) {
		case 'edit': {
			const hunks =
				detail.hunks.length > 0
					? changesOf(detail.hunks)
					: detail.replacements.flatMap(({ oldText, newText }) => hunksOfTexts(oldText?.text ?? '', newText.text, false));
			return `${head}\n\n${fence(diffOf(hunks), 'diff')}`;
		}
		case 'shell':
			return [head, fence(whole(detail.command), 'bash'), outputOf(detail.output), outputOf(detail.errorOutput)]
				.filter(Boolean)
				.join('\n\n');
		case 'read':
			return head + (detail.content === null ? '' : `\n\n${fence(whole(detail.content), languageOfPath(detail.filePath) ?? '')}`);
		case 'todos':
			return [head, ...detail.todos.map(todo => `- [${todo.status === 'completed' ? 'x' : ' '}] ${todo.text}`)].join('\n');
		case 'plan':
			return `${head}\n\n${whole(detail.plan)}`;
		case 'agent':
			return [head, detail.answer === null ? '' : whole(detail.answer)].filter(Boolean).join('\n\n');
		case 'questions':
			return [head, ...detail.questions.map(each => `- ${each.question}\n  ${each.answer ?? ''}`)].join('\n');
		case 'web':
			return [head, detail.answer === null ? '' : whole(detail.answer)].filter(Boolean).join('\n\n');
		case 'mcp':
		case 'other':
			return [head, fence(whole(detail.input), 'json'), ...tool.result.map(content)].join('\n\n');
		case 'search':
		case 'task':
		case 'skill':
			return head;
	}
}

function outputOf(output: ItemText | null): string {
	return output === null || output.text === '' ? '' : fence(whole(output), '');
}

function content(block: ContentBlock): string {
	switch (block.kind) {
		case 'text':
			return fence(whole(block.text), '');
		case 'image':
			return `*${text('imageOfConversation')}*`;
		case 'document':
			return `*${block.title ?? text('document')}*`;
		case 'other':
			return fence(whole(block.json), 'json');
	}
}

function diffOf(hunks: readonly ChangeHunk[]): string {
	const signs = { context: ' ', added: '+', removed: '-' } as const;
	return hunks.map(hunk => hunk.lines.map(line => `${signs[line.kind]}${textOf(line)}`).join('\n')).join('\n…\n');
}

/** As much as travels with an item. */
function whole({ text: shown, fullLength }: ItemText): string {
	return fullLength > shown.length ? `${shown}\n… (${text('textCutHere', { left: String(fullLength - shown.length) })})` : shown;
}

/** Longer than any run of backticks inside: a stranger's text must not close it. */
function fence(code: string, language: string): string {
	const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(run => run[0].length));
	const mark = '`'.repeat(longest + 1);
	return `${mark}${language}\n${code}\n${mark}`;
}

function inlineCode(code: string): string {
	const mark = code.includes('`') ? '``' : '`';
	return `${mark}${code.startsWith('`') || code.endsWith('`') ? ` ${code} ` : code}${mark}`;
}

function quoted(words: string): string {
	return words.replaceAll('\n', '\n> ');
}
