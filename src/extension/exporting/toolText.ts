/** What a call of a tool shows, as a list of plain parts, so that every format shows the same. */
import type { ExportBlock, ExportTool } from './resolve.ts';
import { type ExportWords, filled } from './words.ts';

export type ToolPart =
	/** Code or output, as it stands. `label` says what it is; null where that is plain. */
	| { readonly kind: 'code'; readonly label: string | null; readonly language: string; readonly text: string }
	| { readonly kind: 'diff'; readonly lines: readonly string[] }
	| { readonly kind: 'markdown'; readonly label: string | null; readonly markdown: string }
	| { readonly kind: 'list'; readonly items: readonly { readonly mark: string; readonly text: string }[] }
	| { readonly kind: 'links'; readonly links: readonly { readonly title: string; readonly url: string }[] }
	| { readonly kind: 'block'; readonly block: ExportBlock }
	| { readonly kind: 'note'; readonly text: string };

const todoMarks = { pending: '☐', in_progress: '◐', completed: '☑' } as const;

/** The name people know a tool by. */
export function toolTitle({ name, detail }: ExportTool): string {
	return detail.kind === 'mcp' ? `${detail.server} › ${detail.tool}` : name;
}

/** The call in one line, without the tool's name. */
export function toolSummary(tool: ExportTool): string {
	const { detail } = tool;
	if (detail.kind === 'shell') return detail.description ?? tool.summary ?? '';
	if (detail.kind === 'agent') return detail.description ?? tool.summary ?? '';
	return tool.filePath ?? tool.summary ?? '';
}

export function toolParts(tool: ExportTool, words: ExportWords): readonly ToolPart[] {
	const result = tool.result.map(block => ({ kind: 'block' as const, block }));
	const error: readonly ToolPart[] = tool.error !== null && result.length === 0 ? [{ kind: 'note', text: tool.error }] : [];
	return [...detailParts(tool, words), ...result, ...error];
}

const code = (text: string | null, label: string | null = null, language = ''): readonly ToolPart[] =>
	text === null || text === '' ? [] : [{ kind: 'code', label, language, text }];
const markdown = (text: string | null, label: string | null = null): readonly ToolPart[] =>
	text === null || text === '' ? [] : [{ kind: 'markdown', label, markdown: text }];

function detailParts({ detail }: ExportTool, words: ExportWords): readonly ToolPart[] {
	switch (detail.kind) {
		case 'edit':
			return editParts(detail);
		case 'shell':
			return [
				...code(detail.command, null, 'sh'),
				...code(detail.output, words.output),
				...code(detail.errorOutput, words.errorOutput),
				...(detail.exitCode === null || detail.exitCode === 0
					? []
					: [{ kind: 'note' as const, text: filled(words.exitCode, detail.exitCode) }]),
			];
		case 'read':
			return code(detail.content);
		case 'search':
			return [
				...code([detail.pattern, detail.path ?? '', ...detail.options].filter(part => part !== '').join('\n')),
				...(detail.content === null && detail.files.length > 0
					? code(detail.files.join('\n'), words.result)
					: code(detail.content, words.result)),
			];
		case 'todos':
			return [{ kind: 'list', items: detail.todos.map(({ text, status }) => ({ mark: todoMarks[status], text })) }];
		case 'task':
			return [
				{
					kind: 'list',
					items: detail.tasks.map(task => ({
						mark: task.status === 'completed' ? '☑' : '☐',
						text: [task.id, task.subject ?? task.description, task.status].filter(part => part !== null).join(' · '),
					})),
				},
			];
		case 'plan':
			return markdown(detail.plan, words.plan);
		case 'web':
			return [
				...code([detail.url ?? '', detail.query ?? ''].filter(part => part !== '').join('\n')),
				...markdown(detail.prompt),
				...(detail.links.length > 0 ? [{ kind: 'links' as const, links: detail.links }] : []),
				...markdown(detail.answer, words.answer),
			];
		case 'questions':
			return detail.questions.flatMap(({ question, options, answer }) => [
				{ kind: 'note' as const, text: question },
				{ kind: 'list' as const, items: options.map(({ label, isChosen }) => ({ mark: isChosen ? '☑' : '☐', text: label })) },
				...(answer === null ? [] : [{ kind: 'note' as const, text: `${words.answer}: ${answer}` }]),
			]);
		case 'agent':
			return [
				...markdown(detail.prompt),
				...(detail.subagent === null ? [] : [{ kind: 'note' as const, text: words.seeSubagent }]),
				...markdown(detail.answer, words.answer),
			];
		case 'skill':
			return code([detail.skill, detail.args ?? ''].join(' ').trim());
		case 'mcp':
		case 'other':
			return code(detail.input, null, 'json');
	}
}

function editParts(detail: Extract<ExportTool['detail'], { kind: 'edit' }>): readonly ToolPart[] {
	if (detail.hunks.length > 0) {
		return detail.hunks.map(hunk => ({
			kind: 'diff' as const,
			lines: [`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`, ...hunk.lines],
		}));
	}
	const marked = (text: string, mark: string): string[] => text.split('\n').map(line => mark + line);
	return detail.replacements.map(({ oldText, newText }) =>
		oldText === null
			? { kind: 'code' as const, label: null, language: '', text: newText }
			: { kind: 'diff' as const, lines: [...marked(oldText, '-'), ...marked(newText, '+')] },
	);
}
