import assert from 'node:assert/strict';
import type { NameCount, ToolsFigures } from '../../../src/webview/contract/tools.ts';
import { editsOf, pathOf, readsOf, type Call } from '../../independent/calls.ts';
import type { SessionFigures } from '../../independent/insights.ts';
import { assertAlike } from './alike.ts';

/** Of everything there is: each figure of the page of tools and files. */
export function assertSameTools(ours: ToolsFigures, figures: readonly SessionFigures[]): void {
	const conducts = figures.flatMap(({ session, conduct }) => (conduct === null ? [] : [{ id: session.id, ...conduct }]));
	const calls = conducts.flatMap(conduct => conduct.calls);
	const tools = Map.groupBy(calls, ({ name }) => name);
	assert.deepEqual(ours.tools.map(({ tool }) => tool).sort(), [...tools.keys()].sort());
	assertAlike(
		ours.tools.map(each => [
			each.sessions,
			each.calls,
			each.errors,
			each.denied,
			each.interrupted,
			each.retries,
			each.meanMs,
			each.longestMs,
		]),
		ours.tools.map(({ tool }) => figuresOf(tools.get(tool) ?? [])),
	);
	const all = figuresOf(calls);
	assert.deepEqual([ours.calls, ours.errors, ours.denied, ours.retries], [all[1], all[2], all[3], all[5]]);
	assert.deepEqual(
		ours.slowest.map(({ sessionId, tool, durationMs }) => `${durationMs} ${tool} ${sessionId}`).sort(),
		slowestOf(calls).sort(),
	);

	const [reads, edits] = [readsOf(calls), editsOf(calls)];
	assert.deepEqual(ours.readToEdit, {
		reads: reads.length,
		edits: edits.length,
		ratio: edits.length === 0 ? null : reads.length / edits.length,
	});
	const [readsOfPath, editsOfPath] = [Map.groupBy(reads, pathOf), Map.groupBy(edits, pathOf)];
	assert.equal(ours.files.total, editsOfPath.size);
	assert.deepEqual(
		ours.files.rows.map(row => row.edits),
		[...editsOfPath.values()]
			.map(({ length }) => length)
			.sort((a, b) => b - a)
			.slice(0, 30),
	);
	assert.deepEqual(
		ours.files.rows.map(row => [row.path, row.sessions, row.edits, row.reads]),
		ours.files.rows.map(({ path }) => {
			const own = editsOfPath.get(path) ?? [];
			const editing = new Set(own.map(({ session }) => session));
			return [path, editing.size, own.length, (readsOfPath.get(path) ?? []).filter(({ session }) => editing.has(session)).length];
		}),
	);

	assertSameNames(
		ours.commands,
		conducts.flatMap(({ id, commands }) => commands.map(name => [name, id] as const)),
	);
	assertSameNames(
		ours.skills,
		conducts.flatMap(({ id, skills }) => [...skills, ...(skillsTwice[id] ?? [])].map(name => [name, id] as const)),
	);
	const serverOf = ({ name }: Call): string | undefined => /^mcp__(.+?)__/.exec(name)?.[1];
	assertSameNames(
		ours.mcpServers,
		calls.flatMap(call => [serverOf(call) ?? []].flat().map(name => [name, call.session.id] as const)),
	);
	assert.deepEqual(
		ours.mcpServers.map(each => [each.errors, each.tools]),
		ours.mcpServers.map(({ name }) => {
			const own = calls.filter(call => serverOf(call) === name);
			return [own.filter(({ outcome }) => outcome === 'error').length, new Set(own.map(call => call.name)).size];
		}),
	);
	assert.deepEqual(ours.apiErrors, {
		errors: conducts.reduce((sum, { apiErrors }) => sum + apiErrors, 0),
		sessions: conducts.filter(({ apiErrors }) => apiErrors > 0).length,
	});
	assert.equal(
		ours.errorKinds.reduce((sum, { errors }) => sum + errors, 0),
		all[2],
	);
	assert.deepEqual(
		Object.fromEntries(Object.keys(kinds).map(kind => [kind, ours.errorKinds.find(({ error }) => error === kind)?.errors ?? 0])),
		Object.fromEntries(
			Object.entries(kinds).map(([kind, text]) => [kind, calls.filter(call => call.outcome === 'error' && text.test(call.text)).length]),
		),
	);
}

/** What is counted otherwise, by session: docs/compared-with-an-independent-count.md says why. */
const skillsTwice: Readonly<Record<string, readonly string[]>> = { '88f04c6a-d128-40bf-96b3-6b2aa787f62c': ['commit'] };

/** Kinds of errors that Claude Code words in one way only. */
const kinds: Readonly<Record<string, RegExp>> = {
	notRead: /File has not been read yet/,
	cancelled: /Sibling tool call errored|Cancelled: parallel tool call/,
	changedMeanwhile: /has been (unexpectedly )?modified/,
};

const sessionsOf = (calls: readonly Call[]): number => new Set(calls.map(({ session }) => session)).size;

function figuresOf(calls: readonly Call[]): (number | null)[] {
	const of = (wanted: Call['outcome']): number => calls.filter(({ outcome }) => outcome === wanted).length;
	const timed = calls.flatMap(({ durationMs }) => durationMs ?? []);
	const mean = timed.length === 0 ? null : timed.reduce((sum, ms) => sum + ms, 0) / timed.length;
	const longest = timed.length === 0 ? null : Math.max(...timed);
	const retries = calls.filter(({ isRetry }) => isRetry).length;
	return [sessionsOf(calls), calls.length, of('error'), of('denied'), of('interrupted'), retries, mean, longest];
}

/** The ten longest, of each tool and session its longest. */
function slowestOf(calls: readonly Call[]): string[] {
	return [...Map.groupBy(calls, ({ name, session }) => `${name} ${session.id}`)]
		.flatMap(([name, own]) => {
			const longest = figuresOf(own)[7];
			return longest === null || longest === undefined ? [] : [{ name, longest }];
		})
		.sort((a, b) => b.longest - a.longest)
		.slice(0, 10)
		.map(({ name, longest }) => `${longest} ${name}`);
}

function assertSameNames(ours: readonly NameCount[], uses: readonly (readonly [name: string, session: string])[]): void {
	const others = Map.groupBy(uses, ([name]) => name);
	assert.equal(ours.length, Math.min(30, others.size));
	assert.deepEqual(
		ours.map(({ name, uses: count, sessions }) => [name, count, sessions]),
		ours.map(({ name }) => {
			const own = others.get(name) ?? [];
			return [name, own.length, new Set(own.map(([, session]) => session)).size];
		}),
	);
}
