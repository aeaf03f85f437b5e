import { lineOf, listOf, nameOf, objectOf, Raw, whole, type FieldName, type Fields } from './json.ts';
import { scanObject } from './scan.ts';
import { INPUT } from './wanted.ts';

const MAX_SUMMARY = 80;

/** What says best what a call was about, by tool; the first that is a text. */
const SUMMARY_FIELDS: ReadonlyMap<string, readonly FieldName[]> = new Map<string, readonly FieldName[]>([
	['Bash', ['command', 'description']],
	['PowerShell', ['command', 'description']],
	['Grep', ['pattern', 'path']],
	['Glob', ['pattern', 'path']],
	['LS', ['path']],
	['WebFetch', ['url', 'prompt']],
	['WebSearch', ['query']],
	['Task', ['description', 'prompt']],
	['Agent', ['description', 'prompt']],
	['Skill', ['skill', 'command']],
	['TaskCreate', ['subject', 'description']],
	['TaskUpdate', ['subject', 'status', 'taskId']],
	['ToolSearch', ['query']],
	['TodoWrite', []],
]);

/** Tools whose input names one file they read or change. */
const FILE_TOOLS: ReadonlySet<string> = new Set(['Read', 'Edit', 'MultiEdit', 'Write', 'NotebookEdit', 'NotebookRead']);

/** Tools that start a subagent: `Task` until 2.1.62, `Agent` since. */
export const AGENT_TOOLS: ReadonlySet<string> = new Set(['Task', 'Agent']);

export interface InputSummary {
	readonly summary: string | null;
	readonly filePath: string | null;
}

const NOTHING: InputSummary = { summary: null, filePath: null };

/** The call in one short line, and its file (MODEL-4). `input` may hold any JSON. */
export function summaryOf(tool: string, input: unknown): InputSummary {
	const fields = objectOf(input);
	if (fields === null) return NOTHING;
	if (FILE_TOOLS.has(tool)) {
		const filePath = nameOf(whole(fields.file_path)) ?? nameOf(whole(fields.notebook_path)) ?? nameOf(whole(fields.path));
		return { summary: null, filePath };
	}
	const names = SUMMARY_FIELDS.get(tool);
	if (names === undefined) return { summary: questionOf(fields) ?? firstTextOf(input), filePath: null };
	for (const name of names) {
		const summary = lineOf(whole(fields[name]), MAX_SUMMARY);
		if (summary !== null) return { summary, filePath: null };
	}
	return NOTHING;
}

/** A call's input. Of Claude Code's own tools only the telling fields; of the others any field may be the telling one. */
export function inputOf(tool: string, input: unknown): unknown {
	const isKnown = FILE_TOOLS.has(tool) || SUMMARY_FIELDS.has(tool);
	const fields = isKnown && input instanceof Raw ? scanObject(input.bytes, input.start, input.end, INPUT) : null;
	return fields ?? whole(input);
}

const questionOf = (fields: Fields): string | null => lineOf(objectOf(listOf(fields.questions)[0])?.question, MAX_SUMMARY);

function firstTextOf(input: unknown): string | null {
	for (const value of Object.values(input ?? {})) {
		const line = lineOf(value, MAX_SUMMARY);
		if (line !== null) return line;
	}
	return null;
}

/** Server of an MCP tool's name `mcp__<server>__<tool>`. */
export function mcpServerOf(tool: string): string | null {
	if (!tool.startsWith('mcp__')) return null;
	const end = tool.indexOf('__', 5);
	return end <= 5 ? null : tool.slice(5, end);
}
