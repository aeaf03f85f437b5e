import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { agentMetaPath, classifyTranscriptPath, mayHoldTranscripts, readAgentMeta } from '../../../src/extension/claude/layout.ts';

const id = '11111111-2222-4333-8444-555555555555';
const nothing = { sessionId: null, agentId: null, helper: null, workflowId: null };

describe('classifyTranscriptPath', () => {
	const classify = classifyTranscriptPath;

	it('takes a transcript directly in a project folder for a session named by its stem', () => {
		assert.deepEqual(classify(`-home-ann-app/${id}.jsonl`), { ...nothing, kind: 'session', sessionId: id });
	});

	it('does not demand that a session is named by a UUID', () => {
		assert.equal(classify('p/full.v2.jsonl').sessionId, 'full.v2');
		assert.equal(classify('p/__proto__.jsonl').sessionId, '__proto__');
		assert.equal(classify('p/agents.jsonl').kind, 'session');
	});

	it('knows subagents of the old layout, whose records name their session', () => {
		assert.deepEqual(classify('p/agent-1a2b3c4.jsonl'), { ...nothing, kind: 'subagent', agentId: '1a2b3c4' });
	});

	it('knows subagents below their session', () => {
		assert.deepEqual(classify(`p/${id}/subagents/agent-a0ad4f44468bdf20d.jsonl`), {
			...nothing,
			kind: 'subagent',
			sessionId: id,
			agentId: 'a0ad4f44468bdf20d',
		});
	});

	it('accepts any agent id', () => {
		assert.equal(classify(`p/${id}/subagents/agent-ausrbinsnmpwalk-v2c-c-0123.jsonl`).agentId, 'ausrbinsnmpwalk-v2c-c-0123');
	});

	it('tells helper runs from subagents in both layouts', () => {
		const helperOf = (name: string) => [classify(`p/s/subagents/agent-${name}.jsonl`).helper, classify(`p/agent-${name}.jsonl`).helper];
		assert.deepEqual(helperOf('acompact-0f'), ['compaction', 'compaction']);
		assert.deepEqual(helperOf('aprompt_suggestion-0f'), ['suggestion', 'suggestion']);
		assert.deepEqual(helperOf('aside_question-0f'), ['side question', 'side question']);
		assert.deepEqual(helperOf('acompactor'), [null, null]);
	});

	it('knows the agents and the journal of a workflow', () => {
		assert.deepEqual(classify(`p/${id}/subagents/workflows/wf_1/agent-ag1.jsonl`), {
			...nothing,
			kind: 'subagent',
			sessionId: id,
			agentId: 'ag1',
			workflowId: 'wf_1',
		});
		assert.deepEqual(classify(`p/${id}/subagents/workflows/wf_1/journal.jsonl`), {
			...nothing,
			kind: 'journal',
			sessionId: id,
			workflowId: 'wf_1',
		});
	});

	it('finds subagents in folders it does not know, but names no workflow there', () => {
		assert.deepEqual(classify('p/s/subagents/teams/x/agent-b.jsonl'), { ...nothing, kind: 'subagent', sessionId: 's', agentId: 'b' });
		assert.equal(classify('p/s/subagents/workflows/agent-b.jsonl').workflowId, null);
		assert.equal(classify('p/s/subagents/other/wf/agent-b.jsonl').workflowId, null);
	});

	it('never takes a journal for a session', () => {
		assert.deepEqual(classify('p/journal.jsonl'), { ...nothing, kind: 'journal' });
	});

	it('passes over everything else', () => {
		for (const name of [
			'',
			'p',
			'loose.jsonl',
			'p/sessions-index.json',
			'p/memory/notes.jsonl',
			`p/${id}`,
			'p/.jsonl',
			`p/._${id}.jsonl`,
			`p/${id}.jsonl.bak`,
			`p/${id}.JSONL`,
			'p/agent-.jsonl',
			`p/${id}/tool-results/toolu_1.json`,
			`p/${id}/tool-results/agent-x.jsonl`,
			`p/${id}/agent-x.jsonl`,
			`p/${id}/subagents`,
			`p/${id}/subagents/agent-x.meta.json`,
			`p/${id}/subagents/notes.jsonl`,
			`p/${id}/subagents/agent-.jsonl`,
		]) {
			assert.equal(classify(name).kind, 'other', name);
		}
	});

	it('reads Windows separators', () => {
		assert.equal(classify(String.raw`C--Users-a\s\subagents\agent-x.jsonl`).kind, 'subagent');
	});
});

describe('mayHoldTranscripts', () => {
	it('enters projects, sessions and their subagents, and nothing else', () => {
		for (const dir of ['p', `p/${id}`, 'p/s/subagents', 'p/s/subagents/workflows', 'p/s/subagents/workflows/wf_1']) {
			assert.equal(mayHoldTranscripts(dir), true, dir);
		}
		for (const dir of ['p/memory', 'p/memory/deep', 'p/s/tool-results', 'p/s/tool-results/subagents', String.raw`p\s\other`]) {
			assert.equal(mayHoldTranscripts(dir), false, dir);
		}
	});
});

describe('readAgentMeta', () => {
	const empty = {
		agentType: null,
		description: null,
		name: null,
		toolUseId: null,
		model: null,
		worktreePath: null,
		spawnDepth: null,
		isFork: false,
	};

	it('reads what a sidecar says', () => {
		const meta = { ...empty, agentType: 'Explore', description: 'Find it', toolUseId: 'toolu_1', spawnDepth: 1, isFork: true };
		assert.deepEqual(readAgentMeta({ ...meta, model: 'haiku', name: 'n', worktreePath: '/w', later: 1 }), {
			...meta,
			model: 'haiku',
			name: 'n',
			worktreePath: '/w',
		});
	});

	it('gives nulls for what is absent, empty or of another type', () => {
		for (const json of [null, undefined, 'text', 7, [], {}, { agentType: 3, description: '', spawnDepth: '1', isFork: 'yes' }]) {
			assert.deepEqual(readAgentMeta(json), empty);
		}
		assert.equal(readAgentMeta({ spawnDepth: -1 }).spawnDepth, null);
		assert.equal(readAgentMeta({ spawnDepth: 1.5 }).spawnDepth, null);
	});

	it('does not take what objects inherit for fields', () => {
		const hostile: unknown = JSON.parse('{"__proto__":{"agentType":"x","isFork":true}}');
		assert.deepEqual(readAgentMeta(hostile), empty);
	});

	it('lies beside the transcript', () => {
		assert.equal(agentMetaPath('/p/s/subagents/agent-a.jsonl.jsonl'), '/p/s/subagents/agent-a.jsonl.meta.json');
	});
});

describe('the layout of real transcripts', () => {
	const corpus = path.resolve(import.meta.dirname, '../../../../shared/corpus');

	it('is understood for every place in a Claude home', function () {
		let index: string;
		try {
			index = readFileSync(path.join(corpus, 'INDEX.tsv'), 'utf8');
		} catch {
			console.log('skipped: the corpus of real transcripts is absent');
			this.skip();
		}
		const homePaths = index.split('\n').flatMap(line => line.split('\t')[1] ?? []);
		const places = homePaths
			.filter(text => text.startsWith('projects/'))
			.map(text => classifyTranscriptPath(text.slice('projects/'.length)));
		assert.ok(places.length > 100, 'the index names too few places to check anything');
		assert.ok(places.some(place => place.kind === 'session'));
		assert.ok(places.some(place => place.kind === 'subagent' && place.sessionId));
		assert.deepEqual(
			homePaths.filter(text => text.endsWith('.jsonl') && classifyTranscriptPath(text.slice('projects/'.length)).kind === 'other'),
			[],
		);
	});

	it('has sidecars that are all understood', function () {
		let files: string[];
		try {
			files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter(name => /agent-[^/\\]*\.meta\.json$/.test(name));
		} catch {
			console.log('skipped: the corpus of real transcripts is absent');
			this.skip();
		}
		assert.ok(files.length > 0);
		for (const name of files) {
			const meta: unknown = JSON.parse(readFileSync(path.join(corpus, name), 'utf8'));
			assert.notEqual(readAgentMeta(meta).agentType, null, name);
		}
	});
});
