/**
 * What tools are asked and what they answer, in the proportions and sizes of real histories: a few tools make most calls,
 * and results are more than half of all bytes. Medians and 90th percentiles are those of the real transcripts at hand.
 */
import { cliTraits } from './cliVersion.ts';
import type { Conversation, Fields, Json } from './conversation.ts';
import { bashCommand, filePath, promptText, type Material } from './material.ts';

export interface ToolExchange {
	readonly name: string;
	readonly input: Fields;
	readonly content: Json;
	readonly toolUseResult: Json;
	readonly isError: boolean;
}

type Tool = (talk: Conversation, material: Material) => Omit<ToolExchange, 'isError'>;

const bash: Tool = ({ random }, material) => {
	const stdout = random.chance(0.15) ? '' : material.codeOf(random, random.logNormal(250, 3_200));
	const command = random.chance(0.7)
		? bashCommand(random)
		: `cat <<'EOF' > notes.md\n${material.proseOf(random, random.logNormal(200, 900))}\nEOF`;
	return {
		name: 'Bash',
		input: { command, description: 'Check the state of the work' },
		content: stdout,
		toolUseResult: { stdout, stderr: '', interrupted: false, isImage: false, noOutputExpected: false },
	};
};

const read: Tool = ({ random, cwd }, material) => {
	const file = filePath(random, cwd);
	const text = material.codeOf(random, Math.min(120_000, random.logNormal(1_500, 11_500)));
	const numLines = text.split('\n').length;
	return {
		name: 'Read',
		input: { file_path: file, ...(random.chance(0.4) ? { offset: 1, limit: numLines } : {}) },
		content: text.replaceAll('\n', '\n     1→'),
		toolUseResult: { type: 'text', file: { filePath: file, content: text, numLines, startLine: 1, totalLines: numLines } },
	};
};

const edit: Tool = ({ random, cwd, version }, material) => {
	const file = filePath(random, cwd);
	const oldString = material.codeOf(random, random.logNormal(220, 1_000));
	const newString = material.codeOf(random, random.logNormal(300, 1_300));
	const wanted = random.logNormal(9_500, 27_000);
	const whole = cliTraits(version).wholeOriginalFile || wanted <= 10_000;
	const lines = [...oldString.split('\n').map(line => `-${line}`), ...newString.split('\n').map(line => `+${line}`)];
	return {
		name: 'Edit',
		input: { replace_all: false, file_path: file, old_string: oldString, new_string: newString },
		content: `The file ${file} has been updated successfully.`,
		toolUseResult: {
			filePath: file,
			oldString,
			newString,
			originalFile: whole ? material.codeOf(random, wanted) : null,
			structuredPatch: [
				{ oldStart: 10, oldLines: oldString.split('\n').length, newStart: 10, newLines: newString.split('\n').length, lines },
			],
			userModified: false,
			replaceAll: false,
		},
	};
};

const write: Tool = ({ random, cwd }, material) => {
	const file = filePath(random, cwd);
	const content = material.codeOf(random, random.logNormal(2_300, 12_000));
	return {
		name: 'Write',
		input: { file_path: file, content },
		content: `File created successfully at: ${file}`,
		toolUseResult: { type: 'create', filePath: file, content, structuredPatch: [], originalFile: null },
	};
};

const grep: Tool = ({ random }, material) => {
	const content = material.codeOf(random, random.logNormal(200, 3_000));
	return {
		name: 'Grep',
		input: { pattern: 'TODO|FIXME', path: 'src', output_mode: 'content', '-n': true },
		content,
		toolUseResult: { mode: 'content', numFiles: 0, filenames: [], content, numLines: content.split('\n').length },
	};
};

const glob: Tool = ({ random, cwd }) => {
	const filenames = Array.from({ length: random.integer(1, 12) }, () => filePath(random, cwd));
	return {
		name: 'Glob',
		input: { pattern: 'src/**/*.ts' },
		content: filenames.join('\n'),
		toolUseResult: { filenames, durationMs: 12, numFiles: filenames.length, truncated: false },
	};
};

const todos: Tool = ({ random }) => {
	const newTodos = Array.from({ length: 4 }, () => ({ content: promptText(random), status: 'pending', activeForm: 'Working' }));
	return {
		name: 'TodoWrite',
		input: { todos: newTodos },
		content: 'Todos have been modified successfully.',
		toolUseResult: { oldTodos: [], newTodos },
	};
};

const task: Tool = ({ random }) => ({
	name: 'TaskUpdate',
	input: { taskId: String(random.integer(1, 9)), status: 'completed' },
	content: 'Updated task status',
	toolUseResult: { success: true, taskId: '1', updatedFields: ['status'], statusChange: { from: 'pending', to: 'completed' } },
});

const web: Tool = ({ random }, material) => {
	const result = material.proseOf(random, random.logNormal(2_500, 9_000));
	return {
		name: 'WebFetch',
		input: { url: 'https://example.com/docs', prompt: promptText(random) },
		content: result,
		toolUseResult: { bytes: result.length, code: 200, codeText: 'OK', result, durationMs: 900, url: 'https://example.com/docs' },
	};
};

const skill: Tool = () => ({
	name: 'Skill',
	input: { skill: 'code-review' },
	content: 'Launching skill: code-review',
	toolUseResult: { success: true, commandName: 'code-review' },
});

const browser: Tool = ({ random }, material) => {
	const content: Json = random.chance(0.08)
		? [
				{
					type: 'image',
					source: { type: 'base64', media_type: 'image/png', data: material.binaryOf(random, random.logNormal(120_000, 500_000)) },
				},
			]
		: [{ type: 'text', text: material.codeOf(random, random.logNormal(900, 8_000)) }];
	return { name: 'mcp__browser__snapshot', input: { selector: 'main' }, content, toolUseResult: content };
};

/** Calls per hundred in real histories (format reference, section 21.4). */
const tools = [
	[40, bash],
	[21, read],
	[16, edit],
	[7, grep],
	[3.3, write],
	[3, task],
	[2, glob],
	[2, todos],
	[1.2, web],
	[0.5, skill],
	[2, browser],
] as const;

/** One call and its answer; one in eighteen fails. */
export function toolExchange(talk: Conversation, material: Material): ToolExchange {
	const exchange = talk.random.weighted<Tool>(tools)(talk, material);
	if (!talk.random.chance(0.055)) return { ...exchange, isError: false };
	const text = talk.random.chance(0.3)
		? '<tool_use_error>String to replace not found in file.</tool_use_error>'
		: `Exit code 1\n${material.codeOf(talk.random, talk.random.logNormal(200, 2_000))}`;
	return { ...exchange, content: text, toolUseResult: `Error: ${text}`, isError: true };
}
