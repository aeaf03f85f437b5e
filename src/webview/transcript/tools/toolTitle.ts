/** A call of a tool in one line: its icon, what was done, to what. */
import type { IconName } from '../../components/icons.ts';
import type { ToolUse } from '../../contract/transcriptTools.ts';
import { line, pathText } from '../lineText.ts';
import { text } from '../words.ts';

export interface ToolTitle {
	readonly icon: IconName;
	readonly title: string;
	readonly summary: string;
	/** The summary is code, a path or a pattern. */
	readonly isCode: boolean;
}

export function toolTitle(tool: ToolUse, folder: string | null = null): ToolTitle {
	const { detail } = tool;
	const said = tool.filePath === null ? line(tool.summary ?? '') : pathText(tool.filePath, folder);
	const titled = (icon: IconName, title: string, summary = said, isCode = true): ToolTitle => ({ icon, title, summary, isCode });
	switch (detail.kind) {
		case 'edit':
			return titled(
				detail.isNewFile ? 'newFile' : 'edit',
				text(detail.isNewFile ? 'toolWrite' : 'toolEdit'),
				pathText(detail.filePath, folder),
			);
		case 'read': {
			const { startLine, lines } = detail;
			const range = startLine === null ? '' : lines === null ? `:${startLine}` : `:${startLine}–${startLine + Math.max(0, lines - 1)}`;
			return titled('book', text('toolRead'), `${pathText(detail.filePath, folder)}${range}`);
		}
		case 'shell':
			return titled('terminal', text('toolRun'), line(detail.command.text));
		case 'search':
			return titled(
				'search',
				text('toolSearch'),
				[line(detail.pattern), detail.path === null ? '' : text('inPlace', { place: pathText(detail.path, folder) })]
					.filter(Boolean)
					.join(' '),
			);
		case 'todos': {
			const done = detail.todos.filter(each => each.status === 'completed').length;
			return titled('checklist', text('toolTodos'), text('doneOf', { done: String(done), all: String(detail.todos.length) }), false);
		}
		case 'task':
			return titled('checklist', text('toolTasks'), line(detail.tasks.map(each => each.subject ?? each.id ?? '').join(', ')), false);
		case 'plan':
			return titled('listUnordered', text('toolPlan'), '', false);
		case 'web':
			return titled(
				'globe',
				text(detail.query === null ? 'toolFetch' : 'toolWebSearch'),
				line(detail.query ?? detail.url ?? tool.summary ?? ''),
			);
		case 'questions':
			return titled('question', text('toolQuestions'), line(detail.questions.map(each => each.header ?? each.question).join(', ')), false);
		case 'agent':
			return titled(
				'robot',
				text('toolAgent'),
				line([detail.description, detail.agentType].filter(part => part !== null).join(' · ')),
				false,
			);
		case 'skill':
			return titled('mortarBoard', text('toolSkill'), line([detail.skill, detail.args ?? ''].join(' ')));
		case 'mcp':
			return titled('plug', line(`${detail.server} · ${detail.tool}`), said);
		case 'other':
			return titled('tools', line(tool.name), said);
	}
}
