import assert from 'node:assert/strict';
import { writeConversation } from '../../support/conversations/sampleConversations.ts';
import { rewound, rewoundId } from '../../support/conversations/rewound.ts';
import {
	assistantText,
	conversation,
	type Conversation,
	systemRecord,
	toolResult,
	toolUse,
	type TranscriptRecord,
	userPrompt,
} from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { mainOf, never, OpenedHome, said } from './openedHome.ts';

const prompts = async (opened: OpenedHome, branch: string | null): Promise<string[]> =>
	(await opened.items(mainOf(rewoundId), branch)).filter(({ kind }) => kind === 'prompt').map(said);

describe('A conversation in which a person went back', () => {
	const key = mainOf(rewoundId);
	const { shapes } = rewound();
	let home: ClaudeHome;
	let opened: OpenedHome;
	before(async () => {
		home = new ClaudeHome('rewound');
		writeConversation(home.dir, rewound());
		opened = await OpenedHome.of(home.dir);
	});
	after(async () => {
		await opened.close();
		home.remove();
	});

	it('shows the branch that was written to last', async () => {
		assert.deepEqual(await prompts(opened, null), ['prompt first', 'prompt second A', 'prompt third A2']);
	});

	it('says where it forks, how each choice begins and which is shown', async () => {
		const { forks, items } = await opened.head(key);
		assert.equal(items, 9);
		assert.deepEqual(
			forks.map(({ item, selected, choices }) => [item, selected, choices.map(({ firstLine, items: size }) => [firstLine, size])]),
			[
				[
					3,
					1,
					[
						['second B', 3],
						['second A', 9],
					],
				],
				[
					6,
					1,
					[
						['third A1', 3],
						['third A2', 3],
					],
				],
			],
		);
	});

	it('shows the branch that is chosen, and below it the one written to last', async () => {
		const { forks } = await opened.head(key);
		const [second, third] = forks;
		assert.deepEqual(await prompts(opened, second?.choices[0]?.branch ?? ''), ['prompt first', 'prompt second B']);
		assert.deepEqual(await prompts(opened, second?.choices[1]?.branch ?? ''), ['prompt first', 'prompt second A', 'prompt third A2']);
		assert.deepEqual(await prompts(opened, third?.choices[0]?.branch ?? ''), ['prompt first', 'prompt second A', 'prompt third A1']);
	});

	it('finds a message on whichever branch it is', async () => {
		assert.equal(opened.transcripts.locate(rewoundId, null, shapes['third A2'] ?? '')?.branch, null);
		for (const shape of ['second B', 'third A1']) {
			const located = opened.transcripts.locate(rewoundId, null, shapes[shape] ?? '');
			const items = await opened.items(key, located?.branch ?? null);
			assert.equal(items[located?.item ?? -1]?.id, shapes[shape]);
		}
		assert.equal(opened.transcripts.locate(rewoundId, null, 'nobody said that'), null);
	});

	it('shows another branch, and says so, when there is none of the name', async () => {
		const head = await opened.head(key, '12345678');
		assert.deepEqual([head.isOtherBranch, head.branch, head.items], [true, null, 9]);
		assert.equal((await opened.head(key, 'nonsense')).isOtherBranch, true);
	});

	it('counts the turns of the branch that is shown', async () => {
		const { turns } = await opened.transcripts.outline(key, null, never);
		assert.deepEqual(
			turns.map(({ firstLine, items, toolCalls }) => [firstLine, items, toolCalls]),
			[
				['first', 3, 1],
				['second A', 3, 1],
				['third A2', 3, 1],
			],
		);
	});

	it('is not found for a session or a subagent nobody has', async () => {
		await assert.rejects(opened.head(mainOf('nobody')), { reason: 'not-found' });
		await assert.rejects(opened.head({ sessionId: rewoundId, agentId: 'nobody' }), { reason: 'not-found' });
	});
});

describe('A person who went back to the very first prompt', () => {
	it('chose another way of the whole conversation, as anywhere else', async () => {
		const home = new ClaudeHome('from-the-start');
		const talk = conversation({ sessionId: 'from-the-start' });
		const first = [userPrompt(talk, 'one'), assistantText(talk, 'done one')];
		talk.parentUuid = null;
		const other = [userPrompt(talk, 'other one'), assistantText(talk, 'done other')];
		// Its parent is in no file: a conversation that was cut goes on, and nothing is chosen.
		talk.parentUuid = '99999999-0000-4000-8000-000000000000';
		const orphan = [userPrompt(talk, 'cut off'), assistantText(talk, 'done all the same')];
		home.transcript(talk, [...first, ...other, ...orphan]);
		const opened = await OpenedHome.of(home.dir);
		try {
			const key = mainOf('from-the-start');
			const { forks } = await opened.head(key);
			assert.deepEqual(
				forks.map(({ item, selected, choices }) => [item, selected, choices.map(({ firstLine }) => firstLine)]),
				[[0, 1, ['one', 'other one']]],
			);
			const latest = (await opened.items(key)).map(said);
			assert.deepEqual(latest, ['prompt other one', 'answer done other', 'prompt cut off', 'answer done all the same']);
			assert.deepEqual((await opened.items(key, forks[0]?.choices[0]?.branch ?? '')).map(said), ['prompt one', 'answer done one']);
		} finally {
			await opened.close();
			home.remove();
		}
	});
});

describe('Records with several children', () => {
	let home: ClaudeHome;
	beforeEach(() => {
		home = new ClaudeHome('no-rewind');
	});
	afterEach(() => home.remove());

	async function linesOf(talk: Conversation, records: readonly TranscriptRecord[]): Promise<{ lines: string[]; forks: number }> {
		home.transcript(talk, records);
		const opened = await OpenedHome.of(home.dir);
		try {
			const key = mainOf(talk.sessionId);
			return { lines: (await opened.items(key)).map(said), forks: (await opened.head(key)).forks.length };
		} finally {
			await opened.close();
		}
	}

	it('are no fork when a call is answered by its result and by the next block of the response', async () => {
		const talk = conversation({ sessionId: 'parallel' });
		const asked = userPrompt(talk, 'look');
		const first = toolUse(talk, 'Read', { file_path: '/a' });
		const second = toolUse(talk, 'Read', { file_path: '/b' });
		talk.parentUuid = first.uuid;
		const firstResult = toolResult(talk, first, 'a');
		talk.parentUuid = second.uuid;
		const secondResult = toolResult(talk, second, 'b');
		const answer = assistantText(talk, 'both');
		assert.deepEqual(await linesOf(talk, [asked, first, second, firstResult, secondResult, answer]), {
			lines: ['prompt look', 'Read ok', 'Read ok', 'answer both'],
			forks: 0,
		});
	});

	it('are no fork when a prompt was left without an answer and nothing came of it', async () => {
		const talk = conversation({ sessionId: 'unanswered' });
		const asked = userPrompt(talk, 'one');
		const answer = assistantText(talk, 'done');
		const parent = talk.parentUuid;
		const left = userPrompt(talk, 'never mind');
		talk.parentUuid = parent;
		const next = userPrompt(talk, 'two');
		const last = assistantText(talk, 'done too');
		assert.deepEqual(await linesOf(talk, [asked, answer, left, next, last]), {
			lines: ['prompt one', 'answer done', 'prompt never mind', 'prompt two', 'answer done too'],
			forks: 0,
		});
	});

	it('are a fork as soon as the person has said something else, before it is answered', async () => {
		const talk = conversation({ sessionId: 'just-rewound' });
		const asked = userPrompt(talk, 'one');
		const answer = assistantText(talk, 'done');
		const two = userPrompt(talk, 'two');
		const done = assistantText(talk, 'done two');
		talk.parentUuid = answer.uuid;
		const other = userPrompt(talk, 'two, but better');
		const { lines, forks } = await linesOf(talk, [asked, answer, two, done, other]);
		assert.deepEqual(lines, ['prompt one', 'answer done', 'prompt two, but better']);
		assert.equal(forks, 1);
	});

	it('are one line where parents are missing, and where they go in a circle', async () => {
		const talk = conversation({ sessionId: 'tangled' });
		const asked = userPrompt(talk, 'one', { parentUuid: 'missing' });
		const answer = assistantText(talk, 'done', { fields: { parentUuid: 'missing too' } });
		const next = userPrompt(talk, 'two');
		const circle = { ...assistantText(talk, 'round') };
		const itself = assistantText(talk, 'and round', {
			fields: { parentUuid: 'c0ffee00-0000-4000-8000-000000000000', uuid: 'c0ffee00-0000-4000-8000-000000000000' },
		});
		const records = [asked, answer, { ...next, parentUuid: circle.uuid }, circle, itself];
		assert.deepEqual(await linesOf(talk, records), {
			lines: ['prompt one', 'answer done', 'prompt two', 'answer round', 'answer and round'],
			forks: 0,
		});
	});

	it('are no fork when hooks and attachments hang beside what goes on', async () => {
		const talk = conversation({ sessionId: 'beside' });
		const asked = userPrompt(talk, 'go');
		const answer = assistantText(talk, 'done');
		const hook = systemRecord(talk, 'stop_hook_summary', { hookInfos: [{ command: 'fmt' }] });
		talk.parentUuid = answer.uuid;
		const duration = systemRecord(talk, 'turn_duration', { durationMs: 5 });
		talk.parentUuid = answer.uuid;
		const next = userPrompt(talk, 'more');
		const last = assistantText(talk, 'done more');
		assert.deepEqual(await linesOf(talk, [asked, answer, hook, duration, next, last]), {
			lines: ['prompt go', 'answer done', '(hook) (turn)', 'prompt more', 'answer done more'],
			forks: 0,
		});
	});

	it('are a choice between two tellings where a version wrote the conversation again', async () => {
		const talk = conversation({ sessionId: 'again' });
		const turn = [userPrompt(talk, 'go'), assistantText(talk, 'done')];
		const renamed = turn.map(record => ({
			...record,
			uuid: `f${record.uuid.slice(1)}`,
			parentUuid: record.parentUuid === null ? null : `f${record.parentUuid.slice(1)}`,
		}));
		talk.parentUuid = renamed.at(-1)?.uuid ?? null;
		const next = [userPrompt(talk, 'more'), assistantText(talk, 'done more')];
		assert.deepEqual(await linesOf(talk, [...turn, ...renamed, ...next]), {
			lines: ['prompt go', 'answer done', 'prompt more', 'answer done more'],
			forks: 1,
		});
	});

	it('of which a subagent said some inside the main transcript stay in the line, marked as its', async () => {
		const talk = conversation({ sessionId: 'inline' });
		const asked = userPrompt(talk, 'go');
		const call = toolUse(talk, 'Task', { description: 'look', prompt: 'look' });
		const side = conversation({ sessionId: 'inline', seed: 'side', isSidechain: true, startsAt: '2026-03-02T09:00:10Z' });
		const words = [userPrompt(side, 'look'), assistantText(side, 'seen')];
		const rest = [toolResult(talk, call, 'seen'), assistantText(talk, 'done')];
		home.transcript(talk, [asked, call, ...words, ...rest]);
		const opened = await OpenedHome.of(home.dir);
		try {
			const items = await opened.items(mainOf('inline'));
			assert.deepEqual(
				items.map(item => [said(item), item.isSidechain]),
				[
					['prompt go', false],
					['Task ok', false],
					['(other)', true],
					['answer seen', true],
					['answer done', false],
				],
			);
		} finally {
			await opened.close();
		}
	});
});

describe('A session of which only subagents have a transcript', () => {
	it('opens empty, and its subagents open', async () => {
		const home = new ClaudeHome('stub');
		const sessionId = '33333333-0000-4000-8000-000000000000';
		const side = conversation({ sessionId, agentId: 'a1b2c3d4e5f60718' });
		home.transcript(side, [userPrompt(side, 'look', { promptSource: undefined, origin: undefined }), assistantText(side, 'seen')]);
		const opened = await OpenedHome.of(home.dir);
		try {
			const head = await opened.head(mainOf(sessionId));
			assert.deepEqual([head.items, head.file.state, opened.totals(head.conversation).subagents], [0, 'none', 1]);
			assert.deepEqual(await opened.items(mainOf(sessionId)), []);
			const agent = { sessionId, agentId: 'a1b2c3d4e5f60718' };
			assert.deepEqual((await opened.items(agent)).map(said), ['prompt look', 'answer seen']);
			assert.equal((await opened.head(agent)).startedBy, null);
			assert.equal(opened.transcripts.locate(sessionId, null, side.parentUuid ?? '')?.conversation.agentId, agent.agentId);
		} finally {
			await opened.close();
			home.remove();
		}
	});
});
