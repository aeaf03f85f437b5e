/** What the page of tools and files says of the made-up history. */
import type { ToolRow, ToolsFigures } from '../../../src/webview/contract/tools.ts';
import { dayBefore, session, today } from './madeUp.ts';

const tool = (name: string, calls: number, change: Partial<ToolRow> = {}): ToolRow => ({
	tool: name,
	mcpServer: null,
	sessions: Math.ceil(calls / 60),
	calls,
	errors: Math.round(calls * 0.04),
	denied: 0,
	interrupted: 0,
	retries: Math.round(calls * 0.012),
	meanMs: 3_400,
	longestMs: 184_000,
	...change,
});

export const tools: ToolsFigures = {
	calls: 5_208,
	errors: 231,
	denied: 12,
	retries: 63,
	tools: [
		tool('Bash', 1_902, { errors: 141, denied: 9, longestMs: 612_000, meanMs: 11_200 }),
		tool('Read', 1_404, { meanMs: 210, errors: 18 }),
		tool('Edit', 911, { meanMs: 390 }),
		tool('Grep', 412, { errors: 0, retries: 0, meanMs: 180 }),
		tool('Write', 180, { denied: 3 }),
		tool('TodoWrite', 161, { errors: 0, retries: 0, meanMs: null, longestMs: null }),
		tool('Agent', 92, { longestMs: 1_900_000, meanMs: 240_000 }),
		tool('mcp__github__search_issues', 71, { mcpServer: 'github' }),
		tool('WebFetch', 44),
		tool('mcp__playwright__browser_take_screenshot_of_the_whole_page', 31, { mcpServer: 'playwright' }),
	],
	errorKinds: [
		{ error: 'commandFailed', errors: 118, sessions: 41, tools: [{ tool: 'Bash', errors: 118 }] },
		{
			error: 'notFound',
			errors: 42,
			sessions: 20,
			tools: [
				{ tool: 'Read', errors: 31 },
				{ tool: 'Bash', errors: 11 },
			],
		},
		{ error: 'noMatch', errors: 33, sessions: 19, tools: [{ tool: 'Edit', errors: 33 }] },
		{
			error: 'notRead',
			errors: 21,
			sessions: 14,
			tools: [
				{ tool: 'Edit', errors: 15 },
				{ tool: 'Write', errors: 6 },
			],
		},
		{ error: 'timedOut', errors: 11, sessions: 7, tools: [{ tool: 'Bash', errors: 11 }] },
		{ error: 'mcp', errors: 6, sessions: 2, tools: [{ tool: 'mcp__github__search_issues', errors: 6 }] },
	],
	slowest: Array.from({ length: 6 }, (_, index) => ({
		sessionId: session(index + 2).id,
		sessionTitle: session(index + 2).title,
		tool: index % 3 === 1 ? 'Agent' : 'Bash',
		summary: index % 3 === 1 ? 'Survey the payment code' : 'npm run test:e2e -- --grep "checkout with a coupon"',
		startedAt: `${dayBefore(today, index * 3)}T10:12:00.000Z`,
		durationMs: 1_900_000 / (index + 1),
	})),
	files: {
		total: 214,
		rows: Array.from({ length: 14 }, (_, index) => ({
			path: `/home/ada/work/storefront/src/payments/${['queue', 'retry', 'invoice', 'refund', 'webhook'][index % 5]}${index}.ts`,
			sessions: Math.max(1, 12 - index),
			edits: 60 - index * 4,
			reads: 41 - index * 2,
		})),
	},
	readToEdit: { reads: 1_404, edits: 1_091, ratio: 1.287 },
	commands: [
		{ name: '/clear', uses: 61, sessions: 40 },
		{ name: '/compact', uses: 22, sessions: 18 },
		{ name: '/review', uses: 9, sessions: 9 },
	],
	skills: [{ name: 'release-notes', uses: 6, sessions: 5 }],
	mcpServers: [
		{ name: 'github', uses: 71, sessions: 12, errors: 6, tools: 3 },
		{ name: 'playwright', uses: 31, sessions: 3, errors: 0, tools: 5 },
	],
	apiErrors: { errors: 7, sessions: 3 },
};
