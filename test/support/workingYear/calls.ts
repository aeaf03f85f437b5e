/** What tools are asked and answer in the sample history: of files and commands of its projects, with the errors Claude Code gives. */
import type { Json } from '../historyGenerator/conversation.ts';
import type { ToolExchange } from '../historyGenerator/toolExchanges.ts';

/** How long a call of it takes, in milliseconds: median and 90th percentile. */
export interface TimedExchange extends ToolExchange {
	readonly takes: readonly [number, number];
}

const quick = [120, 600] as const;

function exchange(
	name: string,
	input: ToolExchange['input'],
	content: Json,
	toolUseResult: Json,
	takes: readonly [number, number],
): TimedExchange {
	return { name, input, content, toolUseResult, isError: false, takes };
}

/** The same call, gone wrong. */
export function failing(call: TimedExchange, text: string, takes = call.takes): TimedExchange {
	return { ...call, content: text, toolUseResult: `Error: ${text}`, isError: true, takes };
}

export function read(file: string): TimedExchange {
	const content = `export const name = '${file.slice(file.lastIndexOf('/') + 1)}';\n`;
	const toolUseResult = { type: 'text', file: { filePath: file, content, numLines: 2, startLine: 1, totalLines: 2 } };
	return exchange('Read', { file_path: file }, content, toolUseResult, quick);
}

export function edit(file: string, line: string): TimedExchange {
	const input = { file_path: file, old_string: 'export {};', new_string: `export {};\n${line}` };
	const structuredPatch = [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 2, lines: [' export {};', `+${line}`] }];
	const toolUseResult = {
		filePath: file,
		oldString: input.old_string,
		newString: input.new_string,
		originalFile: null,
		structuredPatch,
		userModified: false,
		replaceAll: false,
	};
	return exchange('Edit', input, `The file ${file} has been updated.`, toolUseResult, [250, 900]);
}

export function write(file: string): TimedExchange {
	const toolUseResult = { type: 'create', filePath: file, content: 'export {};\n', structuredPatch: [], originalFile: null };
	return exchange(
		'Write',
		{ file_path: file, content: 'export {};\n' },
		`File created successfully at: ${file}`,
		toolUseResult,
		[250, 900],
	);
}

export function grep(pattern: string): TimedExchange {
	const filenames = ['src/payments/queue.ts', 'src/http/routes.ts'];
	const toolUseResult = { mode: 'files_with_matches', numFiles: 2, filenames };
	return exchange('Grep', { pattern, path: 'src' }, `Found 2 files\n${filenames.join('\n')}`, toolUseResult, [90, 300]);
}

export function bash(command: string, description: string, takes: readonly [number, number]): TimedExchange {
	const stdout = '# pass 48\n# fail 0';
	const toolUseResult = { stdout, stderr: '', interrupted: false, isImage: false, noOutputExpected: false };
	return exchange('Bash', { command, description }, stdout, toolUseResult, takes);
}

export const tests = (): TimedExchange => bash('npm test', 'Run the tests', [14_000, 60_000]);
export const browserTests = (): TimedExchange =>
	bash('npm run test:e2e -- --grep "checkout with a coupon"', 'Run the browser tests', [200_000, 500_000]);
export const build = (): TimedExchange => bash('npm run build', 'Build it', [9_000, 30_000]);
export const difference = (): TimedExchange => bash('git diff --stat', 'See what changed', quick);

export function todos(first: string): TimedExchange {
	const newTodos = [first, 'Write a test', 'Run everything'].map(content => ({ content, status: 'pending', activeForm: content }));
	return exchange('TodoWrite', { todos: newTodos }, 'Todos have been modified successfully.', { oldTodos: [], newTodos }, [20, 40]);
}

/** Of an MCP server. */
export function serverTool(server: string, tool: string, takes: readonly [number, number]): TimedExchange {
	const content = [{ type: 'text', text: 'Found 3.' }];
	return exchange(`mcp__${server}__${tool}`, { query: 'checkout' }, content, content, takes);
}

export function fetched(url: string): TimedExchange {
	const result = 'The page says how it is done.';
	const toolUseResult = { bytes: 18_200, code: 200, codeText: 'OK', result, durationMs: 2_100, url };
	return exchange('WebFetch', { url, prompt: 'How is it done?' }, result, toolUseResult, [2_100, 6_000]);
}

export function skill(name: string): TimedExchange {
	return exchange('Skill', { skill: name }, `Launching skill: ${name}`, { success: true, commandName: name }, [60, 200]);
}
