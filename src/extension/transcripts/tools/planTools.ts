/** To-dos, tasks, plans and questions: what Claude and the person agree on. */
import type { QuestionsDetail, TaskDetail, TodosDetail } from '../../../webview/contract/transcriptTools.ts';
import { fieldsOf, type Fields, listOf, nameOf, textOf } from '../values.ts';
import type { ToolCall, ToolView } from './toolParts.ts';

const most = 500;

export const todosView: ToolView = ({ input, details, isError }) => {
	const before = new Map(todosIn(details?.['oldTodos']).map(todo => [todo.text, todo.status]));
	const todos = todosIn(input['todos']).map(todo => ({
		...todo,
		isChanged: details !== null && before.get(todo.text) !== todo.status,
	}));
	return { detail: { kind: 'todos', todos }, isWhole: !isError };
};

function todosIn(list: unknown): Omit<TodosDetail['todos'][number], 'isChanged'>[] {
	return listOf(list)
		.map(fieldsOf)
		.filter(todo => todo !== null)
		.slice(0, most)
		.map(todo => {
			const status = todo['status'];
			return {
				text: nameOf(todo['content']) ?? nameOf(todo['subject']) ?? '',
				status: status === 'completed' || status === 'in_progress' ? status : 'pending',
			};
		});
}

export const taskView: ToolView = ({ name, input, details, isError }) => {
	const listed = listOf(details?.['tasks'])
		.map(fieldsOf)
		.filter(task => task !== null);
	const tasks = name === 'TaskList' ? listed : [{ ...fieldsOf(details?.['task']), ...input }];
	const detail: TaskDetail = {
		kind: 'task',
		action: name === 'TaskCreate' ? 'create' : name === 'TaskUpdate' ? 'update' : 'list',
		tasks: tasks.slice(0, most).map(taskOf),
	};
	return { detail, isWhole: !isError && (name !== 'TaskList' || listed.length > 0) };
};

const taskOf = (task: Fields): TaskDetail['tasks'][number] => ({
	id: nameOf(task['taskId']) ?? nameOf(task['id']),
	subject: nameOf(task['subject']),
	description: nameOf(task['description']),
	status: nameOf(task['status']),
});

export const planView: ToolView = ({ input, details, isError, content }, parts) => ({
	detail: {
		kind: 'plan',
		plan: parts.text(textOf(input['plan']) ?? textOf(details?.['plan']) ?? ''),
		filePath: nameOf(details?.['filePath']) ?? nameOf(input['planFilePath']),
	},
	isWhole: !isError && content !== undefined,
});

export const questionsView: ToolView = call => {
	const answers = fieldsOf(call.details?.['answers']) ?? {};
	const questions = listOf(call.input['questions'])
		.map(fieldsOf)
		.filter(question => question !== null)
		.slice(0, 50)
		.map(question => questionOf(question, answers));
	return { detail: { kind: 'questions', questions }, isWhole: isAnswered(call, questions) };
};

const isAnswered = ({ isError, details }: ToolCall, questions: QuestionsDetail['questions']): boolean =>
	!isError && details !== null && questions.some(({ answer }) => answer !== null);

function questionOf(question: Fields, answers: Fields): QuestionsDetail['questions'][number] {
	const text = nameOf(question['question']) ?? '';
	const said = Object.hasOwn(answers, text) ? answers[text] : undefined;
	const answer = nameOf(said) ?? (Array.isArray(said) ? said.filter(one => typeof one === 'string').join(', ') : null);
	const chosen = new Set(answer === null ? [] : [answer, ...answer.split(', ')]);
	return {
		question: text,
		header: nameOf(question['header']),
		options: listOf(question['options'])
			.map(fieldsOf)
			.filter(option => option !== null)
			.slice(0, 20)
			.map(option => {
				const label = nameOf(option['label']) ?? '';
				return { label, description: nameOf(option['description']), isChosen: chosen.has(label) };
			}),
		answer,
	};
}
