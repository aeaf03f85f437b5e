/** Items in every place of which a stranger's markup, links and addresses stand. */
import type { TranscriptItem } from '../../../../src/webview/contract/transcriptItems.ts';
import { answer, items, note, prompt, said, subagentCard, tool } from './samples.ts';

export const markup =
	'<img src="https://evil.example/x.png" onerror="window.attacked=1"><script>window.attacked=1</script><iframe src="https://evil.example"></iframe><b>bold</b>';
export const markdown = [
	markup,
	'![a picture](https://evil.example/picture.png)',
	'![data](data:image/svg+xml;base64,PHN2Zy8+)',
	'[run](javascript:window.attacked=1)',
	'[coded](&#106;avascript:window.attacked=1)',
	'[data](data:text/html,<script>window.attacked=1</script>)',
	'[command](command:workbench.action.quit)',
	'[share](//evil.example/share)',
	'[web](https://evil.example/page)',
	'<https://evil.example/auto>',
	'https://evil.example/bare',
	'```js" onclick="window.attacked=1\nlet a = "</code></pre><script>window.attacked=1</script>";\n```',
	'| a | b |\n|:-:|--:|\n| <svg onload="window.attacked=1"> | x |',
	'# head\n#### deeper\n***broken **markdown `here\n> > > > deep',
].join('\n\n');

export const hostileItems = (): TranscriptItem[] =>
	items([
		prompt(markup, {
			attachments: [
				{ kind: 'document', title: markup, mediaType: markup, bytes: 1 },
				{ kind: 'other', type: markup, json: said(markup) },
			],
			context: [note('hook', markup, { name: markup, filePath: markup })],
		}),
		answer(markdown),
		{ kind: 'assistant', blocks: [{ kind: 'thinking', text: said(markdown), isRedacted: false }], isPartial: false },
		tool(
			markup,
			{ kind: 'other', input: said(markup) },
			{
				error: markup,
				status: 'error',
				result: [{ kind: 'text', text: said(markup) }],
				hooks: [{ event: markup, command: markup, outcome: 'error', durationMs: null, error: markup }],
				outputFile: markup,
				permission: { decision: 'denied', source: 'user', reason: markup },
			},
		),
		tool('Edit', {
			kind: 'edit',
			filePath: markup,
			isNewFile: false,
			hunks: [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines: [`-${markup}`, `+${markup}!`] }],
			replacements: [],
			linesAdded: 1,
			linesRemoved: 1,
			isUserModified: false,
			isCut: false,
		}),
		tool('Bash', {
			kind: 'shell',
			command: said(markup),
			description: markup,
			output: said(`\u001b]8;;https://evil.example\u0007${markup}\u001b[31m${markup}`),
			errorOutput: said(markup),
			exitCode: 1,
			backgroundId: markup,
			meaning: markup,
		}),
		tool('WebFetch', {
			kind: 'web',
			url: 'javascript:window.attacked=1',
			query: null,
			prompt: said(markup),
			statusCode: 200,
			bytes: 1,
			answer: said(markdown),
			links: [
				{ title: markup, url: 'https://evil.example/' },
				{ title: markup, url: 'javascript:window.attacked=1' },
			],
		}),
		tool('Grep', {
			kind: 'search',
			pattern: markup,
			path: markup,
			options: [markup],
			count: 1,
			files: [markup],
			content: said(markup),
			isTruncated: true,
		}),
		tool('TodoWrite', { kind: 'todos', todos: [{ text: markup, status: 'pending', isChanged: true }] }),
		tool('ExitPlanMode', { kind: 'plan', plan: said(markdown), filePath: markup }),
		tool('AskUserQuestion', {
			kind: 'questions',
			questions: [{ question: markup, header: markup, options: [{ label: markup, description: markup, isChosen: true }], answer: markup }],
		}),
		tool('Task', {
			kind: 'agent',
			agentType: markup,
			description: markup,
			prompt: said(markdown),
			subagent: { ...subagentCard, description: markup },
			answer: said(markdown),
			isBackground: false,
			totalTokens: 1,
			toolCalls: 1,
		}),
		tool('mcp__x__y', { kind: 'mcp', server: markup, tool: markup, input: said(markup) }),
		{ kind: 'error', text: said(markup), type: markup, status: 500, attempt: 1, maxAttempts: 2, retryMs: 1 },
		{ kind: 'compaction', trigger: null, tokensBefore: null, tokensAfter: null, durationMs: null, summary: said(markdown) },
		{ kind: 'unreadable', reason: 'failed', was: 'tool', bytes: 1, tools: [{ name: markup, summary: markup, filePath: null }] },
	]);
