/** Subagents, skills, tools of MCP servers, and every tool that is not known. */
import { mcpServerOf } from '../../claude/transcript/toolInputs.ts';
import { plainText } from '../items/contentBlocks.ts';
import { countOf, jsonText, nameOf, textOf } from '../values.ts';
import type { ToolView } from './toolParts.ts';

export const agentView: ToolView = ({ input, row, details, content, isError, subagentOf }, parts) => {
	const isBackground = details?.['status'] === 'async_launched' || details?.['isAsync'] === true;
	const agentId = row?.agentId ?? nameOf(details?.['agentId']);
	const said = details?.['content'] === undefined ? plainText(content) : plainText(details['content']);
	const answer = isBackground || isError || said === '' ? null : said;
	return {
		detail: {
			kind: 'agent',
			agentType: nameOf(input['subagent_type']) ?? nameOf(details?.['agentType']),
			description: nameOf(input['description']),
			prompt: parts.text(textOf(input['prompt']) ?? ''),
			subagent: agentId === null ? null : subagentOf(agentId),
			answer: parts.optional(answer),
			isBackground,
			totalTokens: countOf(details?.['totalTokens']),
			toolCalls: countOf(details?.['totalToolUseCount']),
		},
		isWhole: answer !== null,
	};
};

export const skillView: ToolView = ({ input }) => ({
	detail: { kind: 'skill', skill: nameOf(input['skill']) ?? nameOf(input['command']) ?? '', args: nameOf(input['args']) },
	isWhole: false,
});

export const mcpView: ToolView = ({ name, input }, parts) => {
	const server = mcpServerOf(name) ?? '';
	return { detail: { kind: 'mcp', server, tool: name.slice(server.length + 7), input: parts.text(jsonText(input)) }, isWhole: false };
};

export const otherView: ToolView = ({ input }, parts) => ({
	detail: { kind: 'other', input: parts.text(jsonText(input)) },
	isWhole: false,
});
