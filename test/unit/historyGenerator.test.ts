import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { countHome, type IndependentReport } from '../independent/count.ts';
import { formatBytes, parseBytes } from '../support/historyGenerator/byteSize.ts';
import { generateHistory } from '../support/historyGenerator/history.ts';
import { Random } from '../support/historyGenerator/random.ts';
import {
	assistantText,
	compaction,
	conversation,
	denial,
	encodeProjectName,
	response,
	slashCommand,
	syntheticAnswer,
	thinking,
	toJsonl,
	toolResult,
	toolUse,
	toolUseIdOf,
	transcriptPath,
	userPrompt,
} from '../support/historyGenerator/records.ts';
import type { HistoryTruth } from '../support/historyGenerator/truth.ts';

describe('The history generator', () => {
	let root: string;
	before(() => {
		root = mkdtempSync(path.join(tmpdir(), 'history-'));
	});
	after(() => rmSync(root, { recursive: true, force: true }));

	function transcripts(dir: string): string[] {
		return readdirSync(dir, { recursive: true, encoding: 'utf8' })
			.filter(name => name.endsWith('.jsonl'))
			.sort()
			.map(name => path.join(dir, name));
	}

	function digest(dir: string): string {
		const hash = createHash('sha256');
		for (const file of transcripts(dir)) hash.update(path.relative(dir, file)).update(readFileSync(file));
		return hash.digest('hex');
	}

	it('writes the same bytes for the same seed, and others for another one', () => {
		const [a, b, c] = ['same-a', 'same-b', 'other'].map(name => path.join(root, name)) as [string, string, string];
		generateHistory(a, { seed: 7, bytes: 2_000_000 });
		generateHistory(b, { seed: 7, bytes: 2_000_000 });
		generateHistory(c, { seed: 8, bytes: 2_000_000 });
		assert.equal(digest(a), digest(b));
		assert.notEqual(digest(a), digest(c));
	});

	describe('of 40 MB', () => {
		let dir: string;
		let truth: HistoryTruth;
		let counted: IndependentReport;
		before(function () {
			this.timeout(60_000);
			dir = path.join(root, 'counted');
			truth = generateHistory(dir, { seed: 6, sessions: 160, bytes: 40_000_000, endsAt: '2026-03-31T18:00:00Z' });
			counted = countHome([dir]);
		});

		it('holds the tokens, responses, prompts, calls and damage that an independent count finds', () => {
			assert.deepEqual(
				{
					sessions: counted.totals.sessions,
					stubs: counted.totals.stubs,
					responses: counted.totals.responses,
					tokens: counted.totals.tokens,
					userPrompts: counted.totals.userPrompts,
					toolCalls: counted.totals.toolCalls,
					malformedLines: counted.index.malformedLines,
					files: counted.index.filesSeen,
				},
				{
					sessions: truth.sessions,
					stubs: truth.stubs,
					responses: truth.responses,
					tokens: truth.tokens,
					userPrompts: truth.userPrompts,
					toolCalls: truth.toolCalls,
					malformedLines: truth.malformedLines,
					files: truth.files,
				},
			);
		});

		it('has every shape of history in it: forks, headless sessions, compactions, interruptions, subagents in both layouts', () => {
			const modes = new Set(counted.sessions.map(session => session.mode));
			assert.deepEqual([...modes].sort(), ['background', 'forked', 'interactive']);
			const sum = (key: 'subagents' | 'compactions' | 'interruptions'): number =>
				counted.sessions.reduce((n, session) => n + session[key], 0);
			for (const key of ['subagents', 'compactions', 'interruptions'] as const) assert.ok(sum(key) > 0, key);
			const names = transcripts(dir).map(file => path.relative(dir, file));
			assert.ok(names.some(name => /^projects[\\/][^\\/]+[\\/]agent-/.test(name)));
			assert.ok(names.some(name => /[\\/]subagents[\\/]agent-/.test(name)));
		});

		it('has the size that was asked for, and no record later than its end', () => {
			assert.ok(truth.bytes > 25_000_000 && truth.bytes < 80_000_000, formatBytes(truth.bytes));
			assert.ok(counted.sessions.every(session => session.endedAt === null || session.endedAt <= '2026-03-31T18:00:00.000Z'));
		});
	});
});

describe('Record builders', () => {
	it('give the records of a version their shape', () => {
		const old = userPrompt(conversation({ version: '1.0.17' }), 'hello');
		const recent = userPrompt(conversation({ version: '2.1.220' }), 'hello');
		assert.equal('gitBranch' in old, false);
		assert.equal('promptSource' in old, false);
		assert.equal(recent['gitBranch'], 'main');
		assert.equal(recent['session_id'], recent['sessionId']);
		assert.equal(recent['entrypoint'], 'cli');
	});

	it('chain the records of a conversation and spread a response over them', () => {
		const talk = conversation();
		const prompt = userPrompt(talk, 'list the files');
		const answer = response(talk, { output: 77 });
		const thought = thinking(talk, '', { response: answer, output: 3 });
		const call = toolUse(talk, 'Bash', { command: 'ls' }, { response: answer });
		const result = toolResult(talk, call, 'a.txt');
		assert.deepEqual([thought.parentUuid, call.parentUuid, result.parentUuid], [prompt.uuid, thought.uuid, call.uuid]);
		assert.ok(prompt.timestamp < result.timestamp);
		const ids = [thought, call].map(record => (record['message'] as { id: string }).id);
		assert.deepEqual(ids, [answer.id, answer.id]);
		assert.match(toolUseIdOf(call), /^toolu_01/);
		assert.throws(() => toolUseIdOf(prompt));
	});

	it('let a test replace any field of the envelope', () => {
		const talk = conversation();
		const record = userPrompt(talk, 'x', { uuid: 'mine', timestamp: undefined });
		assert.equal(talk.parentUuid, 'mine');
		assert.equal('timestamp' in (JSON.parse(toJsonl([record])) as object), false);
	});

	it('write refusals, compactions, commands and synthetic answers as Claude Code does', () => {
		const talk = conversation();
		const call = toolUse(talk, 'Edit', { file_path: '/a' });
		assert.equal(denial(talk, call, 'use tabs')['userFeedback'], 'use tabs');
		assert.equal(denial(talk, call)['toolUseResult'], 'User rejected tool use');
		const [boundary, summary] = compaction(talk, 'We did things.');
		assert.equal(boundary.parentUuid, null);
		assert.equal(summary['isCompactSummary'], true);
		assert.equal(summary.parentUuid, boundary.uuid);
		assert.equal(slashCommand(talk, 'model')[0]['isMeta'], true);
		assert.equal((syntheticAnswer(talk, 'API Error')['message'] as { model: string }).model, '<synthetic>');
		assert.equal((assistantText(talk, 'hi')['message'] as { stop_reason: string }).stop_reason, 'end_turn');
	});

	it('know where a transcript lies', () => {
		assert.equal(encodeProjectName('C:\\Users\\a b\\x_y'), 'C--Users-a-b-x-y');
		const talk = conversation({ sessionId: 's', cwd: '/code/shop', version: '2.0.76', agentId: 'a1b2c3d' });
		assert.equal(transcriptPath('/c', talk), path.join('/c', 'projects', '-code-shop', 'agent-a1b2c3d.jsonl'));
	});
});

describe('Chance with a seed', () => {
	it('repeats itself, and branches do not disturb the stream', () => {
		const [a, b] = [new Random(1), new Random(1)];
		b.branch('side').next();
		assert.deepEqual([a.uuid(), a.integer(1, 6), a.base62(8)], [b.uuid(), b.integer(1, 6), b.base62(8)]);
	});

	it('follows weights and log-normal sizes', () => {
		const random = new Random('sizes');
		const sizes = Array.from({ length: 4_000 }, () => random.logNormal(100, 1_000)).sort((x, y) => x - y);
		assert.ok(Math.abs((sizes[2_000] ?? 0) - 100) < 15);
		assert.ok(Math.abs((sizes[3_600] ?? 0) - 1_000) < 250);
		const heads = Array.from({ length: 1_000 }, () => random.weighted([[9, 'often'], [1, 'rarely']])).filter((word) => word === 'often'); // prettier-ignore
		assert.ok(heads.length > 850 && heads.length < 950);
	});
});

describe('Sizes as people type them', () => {
	it('are read and written', () => {
		assert.deepEqual(['300MB', '1.5gb', '64', '2 KB'].map(parseBytes), [300_000_000, 1_500_000_000, 64, 2_000]);
		assert.deepEqual([300_000_000, 1_500_000_000, 2_000_000_000, 1_200].map(formatBytes), ['300 MB', '1.5 GB', '2 GB', '1 KB']);
		assert.throws(() => parseBytes('many'));
	});
});
