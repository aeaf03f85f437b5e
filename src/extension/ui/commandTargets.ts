/** Which session, sessions or job a command is about: what VS Code or another extension passes, else what is selected. */
import type { JobRow } from '../../webview/contract/jobs.ts';
import type { SessionRow } from '../../webview/contract/sessions.ts';
import type { Engine } from '../engine/client.ts';
import type { Selection } from './classifying.ts';
import type { FileSessionsView } from './fileSessionsView.ts';
import type { JobFeed } from './jobFeed.ts';
import type { JobsView } from './jobsView.ts';
import type { MessageTarget } from './presentation/sessionLink.ts';
import type { TranscriptTarget } from './sessionActions.ts';
import type { SessionScope } from './sessionScope.ts';
import type { SessionsView } from './sessionsView.ts';

export interface TargetParts {
	readonly engine: Engine;
	readonly view: SessionsView;
	readonly fileView: FileSessionsView;
	readonly scope: SessionScope;
	readonly jobs: JobFeed;
	readonly jobsView: JobsView;
}

export class CommandTargets {
	readonly #parts: TargetParts;

	constructor(parts: TargetParts) {
		this.#parts = parts;
	}

	async session(argument: unknown): Promise<SessionRow | null> {
		const { engine, view, fileView } = this.#parts;
		const [node] = await this.#nodes(argument, undefined);
		if (node !== undefined) return view.tree.session(node) ?? fileView.session(node);
		const id = textIn(argument, 'sessionId');
		return id === null ? null : engine.call('session', { id });
	}

	/** A session or a subagent. */
	async transcript(argument: unknown): Promise<TranscriptTarget | null> {
		const { view } = this.#parts;
		const subagent = view.tree.subagent(typeof argument === 'string' ? argument : (view.selected[0] ?? ''));
		if (subagent !== null) return { id: subagent.agentId, file: subagent.file };
		return this.session(argument);
	}

	/** A session, a subagent's part of one, or the message of it that the transcript view names. */
	async message(argument: unknown): Promise<MessageTarget | null> {
		const { view } = this.#parts;
		const subagent = view.tree.subagent(typeof argument === 'string' ? argument : (view.selected[0] ?? ''));
		if (subagent !== null && typeof argument !== 'object')
			return { sessionId: subagent.sessionId, agentId: subagent.agentId, messageId: null };
		const row = await this.session(argument);
		return row === null ? null : { sessionId: row.id, agentId: textIn(argument, 'agentId'), messageId: textIn(argument, 'messageId') };
	}

	/** All that are selected, when the row that was clicked is one of them. Null for none. */
	async sessions(argument: unknown, selected: unknown): Promise<readonly SessionRow[] | null> {
		const ids = await this.#ids(argument, selected);
		const rows = await Promise.all(ids.map(id => this.#parts.engine.call('session', { id })));
		const known = rows.filter(row => row !== null);
		return known.length === 0 ? null : known;
	}

	/** The same for classifying: of a category's group all sessions are meant, listed or not. */
	async selection(argument: unknown, selected: unknown): Promise<Selection | null> {
		const { view, scope } = this.#parts;
		const nodes = await this.#nodes(argument, selected);
		const [only] = nodes.length === 1 ? nodes : [];
		const category = only === undefined ? null : view.categoryOf(only);
		if (category !== null) return { scope: scope.scope, sessionIds: null, category };
		const sessionIds = await this.#ids(argument, selected);
		// One that another extension names may be of any project; what a person agrees to depends on it.
		const isNamed = textIn(argument, 'sessionId') !== null;
		return sessionIds.length === 0 ? null : { scope: isNamed ? 'all' : scope.scope, sessionIds, category: null };
	}

	job(argument: unknown): JobRow | null {
		const { jobs, jobsView } = this.#parts;
		const id = typeof argument === 'string' ? argument : (textIn(argument, 'jobId') ?? jobsView.selected);
		return id === undefined ? null : jobs.job(id);
	}

	async #nodes(argument: unknown, selected: unknown): Promise<readonly string[]> {
		const { view, fileView } = this.#parts;
		if (Array.isArray(selected)) return selected.filter(node => typeof node === 'string');
		if (typeof argument === 'string') return [argument];
		// A key that was pressed names the view and no row.
		const pressedIn = textIn(argument, 'view');
		if (pressedIn !== null) return pressedIn === 'fileSessions' ? fileView.focused() : view.focused();
		return argument === undefined ? view.selected : [];
	}

	async #ids(argument: unknown, selected: unknown): Promise<readonly string[]> {
		const id = textIn(argument, 'sessionId');
		if (id !== null) return [id];
		const { view, fileView } = this.#parts;
		const nodes = await this.#nodes(argument, selected);
		const ofFile = nodes.flatMap(node => fileView.session(node)?.id ?? []);
		return [...new Set([...ofFile, ...(await view.sessionsOf(nodes))])];
	}
}

/** Texts in a list that another extension or a keybinding passed; undefined for no list. */
export function textsIn(argument: unknown, name: string): readonly string[] | undefined {
	if (typeof argument !== 'object' || argument === null) return undefined;
	const value: unknown = (argument as Readonly<Record<string, unknown>>)[name];
	return Array.isArray(value) ? value.filter(text => typeof text === 'string') : undefined;
}

/** A text in what another extension or a keybinding passed. */
export function textIn(argument: unknown, name: string): string | null {
	if (typeof argument !== 'object' || argument === null) return null;
	const value: unknown = (argument as Readonly<Record<string, unknown>>)[name];
	return typeof value === 'string' ? value : null;
}
