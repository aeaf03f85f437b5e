import assert from 'node:assert/strict';
import { isCheck, runsTests } from '../../../../src/extension/claude/shellCommands.ts';
import { assistant, call, failure, type Json, progress, read, result, user, uuid } from './reading.ts';

let calls = 0;
const made = (name: string, input: unknown, extra: Json = {}, isFailure = false): Json[] => {
	const id = `toolu_edit_${++calls}`;
	return [call(id, name, input, extra), isFailure ? failure(id, 'no', extra) : result(id, 'done', extra)];
};
const edit = (file: string, extra: Json = {}): Json[] => made('Edit', { file_path: file, old_string: 'a', new_string: 'b' }, extra);
const run = (command: string): Json[] => made('Bash', { command });
const turns = (...records: readonly Json[]): [turns: number, retried: number] => {
	const { summary } = read(records);
	return [summary.editTurns, summary.retriedEditTurns];
};

describe('Turns with edits', () => {
	it('are right at once when nothing is edited again after a check', () => {
		assert.deepEqual(turns(user('Mend it'), ...edit('/a.ts'), ...edit('/b.ts'), ...run('npm test')), [1, 0]);
	});

	it('were not right when a file is edited again after a command checked it', () => {
		assert.deepEqual(
			turns(user('Mend it'), ...edit('/a.ts'), ...run('npm test'), ...edit('/a.ts'), ...run('make'), ...edit('/a.ts')),
			[1, 1],
		);
	});

	it('are still right at once when the same file is edited in two steps, or another one after a check', () => {
		assert.deepEqual(turns(user('Mend it'), ...edit('/a.ts'), ...edit('/a.ts'), ...run('tsc'), ...edit('/b.ts')), [1, 0]);
	});

	it('take no reading, moving or committing for a check', () => {
		for (const command of ['grep -rn x .', 'cd /app && git diff', 'git commit -m "a; make"', 'ls | wc -l', 'npm install', '# note']) {
			assert.deepEqual(turns(user('Mend it'), ...edit('/a.ts'), ...run(command), ...edit('/a.ts')), [1, 0], command);
		}
	});

	it('end with the next prompt or command of the person', () => {
		assert.deepEqual(turns(user('Mend it'), ...edit('/a.ts'), ...run('make'), user('More'), ...edit('/a.ts')), [2, 0]);
		const command = user('<command-name>/fix</command-name><command-args>it</command-args>');
		assert.deepEqual(turns(user('Mend it'), ...edit('/a.ts'), ...run('make'), command, ...edit('/a.ts')), [2, 0]);
	});

	it('do not count edits that failed, nor those of subagents', () => {
		const failed = made('Edit', { file_path: '/a.ts' }, {}, true);
		assert.deepEqual(turns(user('Mend it'), ...failed), [0, 0]);
		assert.deepEqual(turns(user('Mend it'), ...edit('/a.ts', { isSidechain: true })), [0, 0]);
	});

	it('go on where the reading before stopped, as other counts do', () => {
		const { summary } = read([user('Mend it'), ...edit('/a.ts'), ...run('make'), ...edit('/a.ts')], { copies: [] });
		assert.deepEqual([summary.editTurns, summary.retriedEditTurns], [1, 1]);
	});
});

describe('A shell command', () => {
	it('runs tests wherever in it they stand, and is a check then', () => {
		for (const command of ['npm test', 'cd app && npm run test -- x', 'CI=1 pytest -q', 'make check', 'go test ./... | tail']) {
			assert.ok(runsTests(command), command);
			assert.ok(isCheck(command), command);
		}
	});

	it('runs none when it only names them, or hands them in as a text', () => {
		for (const command of ['grep "npm test" README.md', 'echo npm test', 'cat > run.sh <<EOF\nnpm test\nEOF']) {
			assert.ok(!runsTests(command), command);
			assert.ok(!isCheck(command), command);
		}
	});

	it('is told from any other in a time that does not grow with what strangers write', () => {
		const endless = `${'a=b '.repeat(50_000)}${'npm '.repeat(50_000)}`;
		assert.equal(typeof isCheck(endless), 'boolean');
		assert.equal(runsTests(endless), false);
	});
});

describe('How a session was run', () => {
	it('is known by its tests and its plan mode', () => {
		const planned = read([user('Plan it', { permissionMode: 'plan' }), ...run('npm test'), ...run('ls')]).summary;
		assert.deepEqual([planned.testRuns, planned.usedPlanMode], [1, true]);
		assert.equal(read([user('Do it'), ...made('ExitPlanMode', { plan: 'x' })]).summary.usedPlanMode, true);
		assert.deepEqual([read([user('Do it')]).summary.testRuns, read([user('Do it')]).summary.usedPlanMode], [0, false]);
	});

	it('is not told by what was copied', () => {
		const copied = user('Plan it', { uuid: 'copied', permissionMode: 'plan' });
		assert.equal(read([copied], { copies: ['copied'] }).summary.usedPlanMode, false);
	});
});

describe('What adding up lines would count', () => {
	it('is every line that names tokens, repeated ones too', () => {
		const id = uuid();
		const line = assistant([{ type: 'text', text: 'Yes' }], {}, { uuid: id });
		const { usageLines, responses } = read([line, line, assistant([{ type: 'text', text: 'No' }])]);
		assert.equal(usageLines.length, 3);
		assert.equal(responses.length, 1);
	});

	it('leaves out what no model said, and what stands in progress records', () => {
		const inner = assistant([{ type: 'text', text: 'x' }]);
		const { usageLines } = read([
			assistant([], { model: '<synthetic>' }),
			assistant([], { usage: null }),
			progress({ type: 'agent_progress', message: inner }),
		]);
		assert.deepEqual(usageLines, []);
	});

	it('knows the answers of copied records apart from those of the file', () => {
		const copied = assistant([{ type: 'text', text: 'Old' }], { id: 'msg_old' }, { uuid: 'copied' });
		const { copiedResponses, responses } = read([copied, assistant([{ type: 'text', text: 'New' }], { id: 'msg_new' })], {
			copies: ['copied'],
		});
		assert.deepEqual([copiedResponses.length, responses.length], [1, 1]);
		assert.equal(copiedResponses[0]?.tokens.output, 20);
	});
});
