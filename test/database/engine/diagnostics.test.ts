import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EngineDiagnostics } from '../../../src/extension/engine/calls/diagnostics.ts';
import { messageShape } from '../../../src/extension/privacy/messageShape.ts';
import { diagnosticsText } from '../../../src/extension/ui/presentation/diagnosticsText.ts';
import { defaultSettings } from '../../../src/extension/ui/presentation/settings.ts';
import {
	assistantText,
	compaction,
	conversation,
	response,
	slashCommand,
	thinking,
	toolResult,
	toolUse,
	toolUseIdOf,
	userPrompt,
} from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from './claudeHome.ts';
import { HeadlessEngine } from './headless.ts';

/** Every word that a person or a transcript gave begins like this; nothing of ours does. */
const mark = 'zyx';
const words = new Set<string>();
const word = (name: string): string => {
	words.add(`${mark}${name}`);
	return `${mark}${name}`;
};

const settings = {
	...defaultSettings,
	claudeDirectories: [`/${word('settingdir')}`],
	claudePath: `/${word('settingprogram')}/claude`,
	priceOverrides: { [word('pricedmodel')]: { input: 1, output: 2 } },
	'classification.claudeModel': word('settingmodel'),
	'classification.openAiUrl': `https://${word('settinghost')}.example`,
	'classification.openAiModel': word('settingopenai'),
	'jobs.concurrencyByType': { [word('settingtype')]: 3 },
};

describe('The diagnostics of a hostile history', () => {
	let home: ClaudeHome;
	let engine: HeadlessEngine;
	let facts: EngineDiagnostics;
	let text: string;
	const sessionIds: string[] = [];

	before(async () => {
		home = new ClaudeHome(word('home'));
		writeTranscripts();
		const dataDir = home.beside(word('data'));
		engine = await HeadlessEngine.open(home.dir, {
			dataDir,
			search: { isEnabled: true },
			claudeDirs: [home.dir, home.beside(word('nosuchplace'))],
		});
		await engine.index();
		await engine.engine.searching.upToDate();
		await writeLedger();
		await engine.engine.background.maintaining.run('backup');
		for (const name of [word('strangefile'), `index-${word('otherkey')}.sqlite`, `${word('stranger')}.lock`])
			writeFileSync(path.join(dataDir, name), word('filecontent'));
		facts = await engine.engine.diagnostics();
		text = diagnosticsText({
			createdAt: '2026-11-21T12:00:00.000Z',
			host: {
				extension: '0.1.0',
				sqlJs: '1.16.0',
				vscode: `1.105.0-${word('build')}`,
				node: process.versions.node,
				platform: process.platform,
				arch: process.arch,
				osRelease: `6.8.0-${word('kernel')}`,
				processors: 2,
				memoryBytes: 1e9,
				appHost: word('apphost'),
				remote: word('remote'),
				language: word('language'),
				isTrusted: true,
				workspaceFolders: 1,
			},
			settings,
			engine: facts,
			log: [...engine.events.log.map(line => line.text), ...logLines()].map(line => ({
				at: '2026-11-21T12:00:00.000Z',
				level: 'warn',
				message: messageShape(line),
			})),
		});
	});
	after(async () => {
		await engine.close();
		home.remove();
	});

	function writeTranscripts(): void {
		const talk = conversation({ seed: 'diagnostics', cwd: `/${word('project')}/${word('folder')}`, gitBranch: word('branch') });
		sessionIds.push(talk.sessionId);
		const unknown = response(talk, {}, word('unknownmodel'));
		const mcp = toolUse(talk, `mcp__${word('server')}__${word('mcptool')}`, { query: word('input') }, { response: unknown });
		const edit = toolUse(talk, 'Edit', { file_path: `/${word('editedfile')}.ts`, old_string: word('old'), new_string: word('new') });
		const skill = toolUse(talk, 'Skill', { command: word('skill') });
		const agent = toolUse(talk, 'Task', { subagent_type: word('agenttype'), description: word('agentdescription'), prompt: word('task') });
		const file = home.transcript(talk, [
			userPrompt(talk, `${word('prompt')} sk-ant-api03-${word('secret')}12345678`),
			thinking(talk, word('thinking')),
			mcp,
			toolResult(talk, mcp, word('toolerror'), { isError: true }),
			edit,
			toolResult(talk, edit, word('toolresult')),
			skill,
			toolResult(talk, skill, 'ok'),
			agent,
			toolResult(talk, agent, 'ok'),
			...slashCommand(talk, `/${word('command')}`, word('arguments'), word('output')),
			...compaction(talk, word('compaction')),
			assistantText(talk, `${word('answer')} https://${word('address')}.example`, { response: unknown }),
		]);
		const odd = [
			{ type: `${word('Type')} of Ann 7`, text: word('oddtext') },
			{ type: 'brand-new_type', text: word('oddtext') },
			{ type: 'summary', summary: word('summary'), leafUuid: randomUUID() },
			{ type: 'custom-title', customTitle: word('title'), sessionId: talk.sessionId },
			{ type: 'ai-title', aiTitle: word('aititle'), sessionId: talk.sessionId },
		];
		appendFileSync(file, odd.map(record => `${JSON.stringify(record)}\n`).join('') + `{"type":"user", ${word('broken')}\n`);
		const sub = conversation({ seed: 'sub', sessionId: talk.sessionId, cwd: talk.cwd });
		home.put(
			path.join(path.dirname(file), talk.sessionId, 'subagents', `agent-${word('agentid')}.jsonl`),
			`${JSON.stringify({ ...userPrompt(sub, word('subprompt')), isSidechain: true, agentId: word('agentid') })}\n`,
		);
		assert.ok(toolUseIdOf(mcp).length > 0);
	}

	async function writeLedger(): Promise<void> {
		const sessionId = sessionIds[0] ?? '';
		await engine.engine.background.marks.change({
			sessions: [{ sessionId, title: word('name'), note: word('note'), addTags: [word('tag')], pinnedAt: '2026-11-18T11:00:00.000Z' }],
		});
		const at = '2026-11-18T11:00:00.000Z';
		const error = (reason: string) => JSON.stringify({ reason, message: word('joberror') });
		const job = `INSERT INTO jobs (id, type, data, scope, status, scheduled_at, error, progress_message, created_at, started_at, finished_at,
			updated_at) VALUES (?, ?, ?, ?, 'failed', ?, ?, ?, ?, ?, ?, ?)`;
		await engine.storage.ledger.change(tx => {
			for (const [type, reason] of [
				['classify', 'rate-limited'],
				['classify', word('reason')],
				[word('jobtype'), word('reason')],
			] as const)
				tx.run(job, randomUUID(), type, `{"x":"${word('jobdata')}"}`, word('scope'), at, error(reason), word('progress'), at, at, at, at);
		});
		const id = randomUUID();
		const { records } = engine.storage;
		await records.begin({ id, type: 'full', scope: word('runscope'), createdAt: at, startedAt: at, sessionsBefore: 0 });
		const figures = { filesSeen: 1, filesRead: 1, bytesRead: 2, recordsWritten: 3, sessionsAfter: 4, durationMs: 5, throughputMBPerSec: 6 };
		const cause = `EACCES: permission denied, open '/${word('runpath')}/x.jsonl'`;
		await records.complete(id, { status: 'failed', completedAt: at, ...figures, error: cause });
	}

	function logLines(): string[] {
		return [
			`Cannot be read (EACCES): /${word('logpath')}/a.jsonl and 3 more`,
			`"${word('logmodel')}" needs input and output in dollars per million tokens`,
			`Error: ${word('logerror')}\n    at f (/${word('logfolder')}/engine.cjs:1:2)`,
			`full run failed: 1 files, 0.0 MB in 3 ms (${word('logreason')})`,
			word('logalone'),
		];
	}

	it('hold no word of a transcript, a path, a name, a note, a tag, a setting or an error', () => {
		assert.ok(words.size > 60, `${words.size} words were drawn`);
		// All of them were really there to be told.
		const stored = [
			...engine.content(),
			...engine.events.log.map(line => line.text),
			engine.storage.ledger.read(r =>
				JSON.stringify(['jobs', 'index_runs', 'notes', 'tags', 'session_labels'].map(table => r.prepare(`SELECT * FROM ${table}`).all())),
			),
		].join('\n');
		for (const name of ['prompt', 'branch', 'server', 'editedfile', 'unknownmodel', 'note', 'tag', 'name', 'joberror', 'runpath'])
			assert.ok(stored.includes(`${mark}${name}`), `${name} is not in the data`);
		const lower = text.toLowerCase();
		assert.deepEqual(
			[...words].filter(each => lower.includes(each.toLowerCase())),
			[],
		);
		assert.ok(!lower.includes(mark), lower.slice(Math.max(0, lower.indexOf(mark) - 80), lower.indexOf(mark) + 80));
	});

	it('hold no path, address, id, nor the names of the machine and its user', () => {
		assert.doesNotMatch(text, /[0-9a-f]{8}-[0-9a-f]{4}-/);
		assert.doesNotMatch(text, /:\/\/|\\\\|\/[a-z]|sk-|toolu_|msg_|\.jsonl|\.sqlite/i);
		for (const name of [hostname(), userInfo().username].filter(name => name.length > 3)) assert.ok(!text.includes(name), name);
		for (const id of sessionIds) assert.ok(!text.includes(id));
	});

	it('tell how much there is of what, how runs went, and what is odd', () => {
		assert.equal(facts.sessions['all'], 1);
		assert.equal(facts.malformedLines, 1);
		assert.deepEqual(facts.unknownRecordTypes, { '(other)': 1, 'brand-new_type': 1 });
		assert.deepEqual(
			facts.transcripts.map(({ kind, files }) => [kind, files]),
			[
				['session', 1],
				['subagent', 1],
			],
		);
		assert.equal(facts.rows.index['sessions'], 1);
		assert.equal(facts.rows.ledger['notes'], 1);
		assert.ok((facts.rows.index['tool_calls'] ?? 0) >= 4);
		assert.deepEqual(facts.failedJobs.map(({ type, reason, jobs }) => [type, reason, jobs]).sort(), [
			['(other)', '(other)', 1],
			['classify', '(other)', 1],
			['classify', 'rate-limited', 1],
		]);
		assert.deepEqual(
			facts.indexRuns.map(({ type, status, filesRead, error }) => [type, status, filesRead, error]),
			[
				['full', 'failed', 2, 'does not exist'],
				['full', 'failed', 1, 'permission denied · EACCES'],
			],
		);
		assert.deepEqual(
			facts.notices.map(({ kind }) => kind),
			['warning'],
		);
		assert.match(facts.versions.sqlite, /^3\.\d+\.\d+$/);
		assert.deepEqual([facts.versions.indexSchema > 0, facts.versions.ledgerSchema > 0], [true, true]);
		assert.ok(facts.sizes.transcriptBytes > 0);
		assert.deepEqual(
			facts.locks.find(lock => lock.of === 'other'),
			{ of: 'other', state: 'free' },
		);
		assert.equal(facts.search.state, 'ready');
	});
});
