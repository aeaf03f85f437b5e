/** To-dos, tasks, plans and questions: what was to be done, and what the person was asked. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { type IconName, icon } from '../../components/icons.ts';
import type { PlanDetail, QuestionsDetail, TaskDetail, TodosDetail, ToolUse } from '../../contract/transcriptTools.ts';
import { fileLink, longText } from '../items/parts.ts';
import { line } from '../lineText.ts';
import type { StringKey } from '../strings.ts';
import type { ItemView } from '../view.ts';
import { text } from '../words.ts';

type TodoStatus = TodosDetail['todos'][number]['status'];

const todoLooks: Readonly<Record<TodoStatus, { readonly icon: IconName; readonly name: StringKey }>> = {
	pending: { icon: 'circle', name: 'todoPending' },
	in_progress: { icon: 'sync', name: 'todoInProgress' },
	completed: { icon: 'pass', name: 'todoCompleted' },
};

export function todosBody({ todos }: TodosDetail): TemplateResult {
	return html`<ul class="todos">
		${todos.map(todo => todoLine(todo.status, line(todo.text), todo.isChanged))}
	</ul>`;
}

export function tasksBody({ tasks }: TaskDetail): TemplateResult {
	return html`<ul class="todos">
		${tasks.map(task => {
			const status = task.status === 'completed' || task.status === 'in_progress' ? task.status : 'pending';
			return html`${todoLine(status, line(task.subject ?? task.id ?? ''), false)}
			${task.description === null ? nothing : html`<li class="muted task-words">${line(task.description)}</li>`}`;
		})}
	</ul>`;
}

function todoLine(status: TodoStatus, words: string, isChanged: boolean): TemplateResult {
	const look = todoLooks[status];
	return html`<li class="todo ${status} ${isChanged ? 'changed-now' : ''}">
		<span title=${text(look.name)}>${icon(look.icon)}<span class="unseen">${text(look.name)}: </span></span><span dir="auto">${words}</span>
	</li>`;
}

export function planBody(view: ItemView, tool: ToolUse, detail: PlanDetail): TemplateResult {
	return html`<div class="plan-text">
		<p class="part-name">
			${text(tool.status === 'ok' ? 'planAccepted' : tool.status === 'pending' ? 'planOpen' : 'planRejected')}
			${detail.filePath === null ? nothing : fileLink(view, detail.filePath)}
		</p>
		${longText(view, detail.plan, 'markdown')}
	</div>`;
}

export function questionsBody({ questions }: QuestionsDetail): TemplateResult {
	return html`${questions.map(
		each =>
			html`<div class="asked">
				<p class="asked-words" dir="auto">${line(each.question)}</p>
				<ul class="todos">
					${each.options.map(
						option =>
							html`<li class="todo ${option.isChosen ? 'chosen' : ''}">
								<span
									>${icon(option.isChosen ? 'pass' : 'circle')}<span class="unseen">${option.isChosen ? text('chosen') : ''}</span></span
								>
								<span dir="auto"
									><strong>${line(option.label)}</strong>
									${option.description === null ? nothing : html`<span class="muted">${line(option.description)}</span>`}</span
								>
							</li>`,
					)}
				</ul>
				${
					each.answer === null
						? html`<p class="muted">${text('unanswered')}</p>`
						: each.options.some(option => option.isChosen && option.label === each.answer)
							? nothing
							: html`<p>${text('answered', { answer: line(each.answer) })}</p>`
				}
			</div>`,
	)}`;
}

export const plansStyle = css`
	.todos {
		display: grid;
		gap: 4px;
		margin: 0;
		padding: 0;
		list-style: none;
	}
	.todo {
		display: flex;
		gap: 8px;
		overflow-wrap: anywhere;
	}
	.todo.completed {
		color: var(--muted);
	}
	.todo.completed .icon {
		fill: var(--good);
	}
	.todo.in_progress,
	.todo.changed-now {
		font-weight: 600;
	}
	.todo.chosen .icon {
		fill: var(--vscode-textLink-foreground);
	}
	.task-words {
		margin-inline-start: 24px;
	}
	.plan-text {
		padding: 4px 14px 12px;
		border: 1px solid var(--vscode-contrastBorder, var(--line));
		border-radius: 6px;
	}
	.asked + .asked {
		margin-block-start: 12px;
	}
	.asked-words {
		margin: 0 0 6px;
		font-weight: 600;
		overflow-wrap: anywhere;
	}
`;
