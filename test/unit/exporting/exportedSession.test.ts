import assert from 'node:assert/strict';
import type { ItemContent } from '../../../src/webview/contract/transcriptItems.ts';
import { answer, assistant, card, exported, prompt, Texts, thinking, tool, type Told } from './conversations.ts';

const secret = 'sk-ant-api03-Zx9Yw8Vu7Ts6Rq5Po4Nm3';
const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----';
const hostile = '<script>steal()</script><img src=//evil.example/p.png onerror=x>[a](javascript:x) \u202egnp ``` ~~~ \u001b[31m';

/** Every kind of item and of tool, with `text` wherever a text can stand. */
function everything(text: string): Told {
	const texts = new Texts();
	const t = (value: string) => texts.of(value);
	const block = { kind: 'text', text: t(text) } as const;
	const note = { id: 'n', at: null, kind: 'hook', name: text, text: t(text), isError: false, filePath: text, durationMs: null } as const;
	const tools = [
		tool('Edit', {
			kind: 'edit',
			filePath: text,
			isNewFile: false,
			hunks: [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 3, lines: ['-old', ...text.split('\n').map(line => `+${line}`)] }],
			replacements: [],
			linesAdded: 1,
			linesRemoved: 1,
			isUserModified: false,
			isCut: false,
		}),
		tool('Write', {
			kind: 'edit',
			filePath: text,
			isNewFile: true,
			hunks: [],
			replacements: [{ oldText: null, newText: t(text), isEvery: false }],
			linesAdded: null,
			linesRemoved: null,
			isUserModified: false,
			isCut: false,
		}),
		tool('Read', { kind: 'read', filePath: text, startLine: null, lines: null, totalLines: null, content: t(text), isUnchanged: false }),
		tool(
			'Bash',
			{
				kind: 'shell',
				command: t(text),
				description: text,
				output: t(text),
				errorOutput: t(text),
				exitCode: 2,
				backgroundId: null,
				meaning: null,
			},
			{ status: 'error', error: text, summary: text },
		),
		tool('Grep', {
			kind: 'search',
			pattern: text,
			path: text,
			options: [text],
			count: 1,
			files: [text],
			content: t(text),
			isTruncated: false,
		}),
		tool('TodoWrite', { kind: 'todos', todos: [{ text, status: 'pending', isChanged: true }] }),
		tool('TaskCreate', { kind: 'task', action: 'create', tasks: [{ id: text, subject: text, description: text, status: text }] }),
		tool('ExitPlanMode', { kind: 'plan', plan: t(text), filePath: text }),
		tool('WebFetch', {
			kind: 'web',
			url: text,
			query: text,
			prompt: t(text),
			statusCode: 200,
			bytes: 1,
			answer: t(text),
			links: [
				{ title: text, url: text },
				{ title: text, url: 'javascript:steal()' },
				{ title: 'ok', url: 'https://docs.example/a?b=(1)' },
			],
		}),
		tool('AskUserQuestion', {
			kind: 'questions',
			questions: [{ question: text, header: text, options: [{ label: text, description: text, isChosen: true }], answer: text }],
		}),
		tool('Task', {
			kind: 'agent',
			agentType: text,
			description: text,
			prompt: t(text),
			subagent: card('a1'),
			answer: t(text),
			isBackground: false,
			totalTokens: 1,
			toolCalls: 1,
		}),
		tool('Skill', { kind: 'skill', skill: text, args: text }),
		tool(
			`mcp__${text}__x`,
			{ kind: 'mcp', server: text, tool: text, input: t(text) },
			{ result: [block, { kind: 'other', type: text, json: t(text) }] },
		),
		tool(text, { kind: 'other', input: t(text) }, { result: [{ kind: 'document', title: text, mediaType: text, bytes: 1 }] }),
	];
	const items: ItemContent[] = [
		{
			...prompt(texts, text),
			attachments: [{ kind: 'image', image: { mediaType: text, bytes: 3, part: 0 } }],
			context: [note],
		} as ItemContent,
		{ kind: 'command', isShell: false, name: text, args: t(text), output: t(text) },
		assistant(answer(texts, text), thinking(texts, text), ...tools, { kind: 'content', block }),
		{ kind: 'result', results: [{ isError: false, content: [block] }] },
		{ kind: 'interruption', isForTool: false },
		{ kind: 'error', text: t(text), type: text, status: 500, attempt: 1, maxAttempts: 2, retryMs: 3 },
		{ kind: 'compaction', trigger: 'auto', tokensBefore: 1, tokensAfter: 1, durationMs: 1, summary: t(text) },
		{ kind: 'context', notes: [note] },
		{ kind: 'unreadable', reason: 'gone', was: 'prompt', bytes: 3, tools: [{ name: text, summary: text, filePath: text }] },
	];
	const row = { title: text, project: text, gitBranch: text, cwd: text, models: [text], version: text };
	return { texts, items, agents: { a1: [prompt(texts, `agent: ${text}`)] }, session: row };
}

describe('A session that is exported', () => {
	it('shows who said what, in the order in which it was said, in every format', async () => {
		const texts = new Texts();
		const told: Told = {
			texts,
			items: [
				prompt(texts, 'Please build the engine.'),
				assistant(thinking(texts, 'A cylinder first.')),
				assistant(answer(texts, 'I use `cylinder.ts`:\n\n# Steps\n\n1. cast')),
				assistant(
					tool('Bash', {
						kind: 'shell',
						command: texts.of('npm test'),
						description: null,
						output: texts.of('ok 1'),
						errorOutput: null,
						exitCode: 0,
						backgroundId: null,
						meaning: null,
					}),
				),
				{ kind: 'interruption', isForTool: false },
			],
		};
		const order = ['Build the engine', 'Please build the engine.', 'A cylinder first.', 'cylinder.ts', 'npm test', 'ok 1'];
		for (const format of ['md', 'html', 'json'] as const) {
			const { text, tally } = await exported(told, format);
			const places = order.map(part => text.indexOf(part));
			assert.ok(
				places.every((place, at) => place >= 0 && place > (places[at - 1] ?? -1)),
				`${format}: ${places.join(' ')}`,
			);
			assert.deepEqual(tally, { items: 5, unreadable: 0 });
		}
		const { text } = await exported(told, 'md');
		assert.match(text, /^# Build the engine\n\n\| \| \|\n\|---\|---\|\n\| Project \| engine \|\n\| Branch \| main \|/);
		assert.match(text, /\n#### Steps\n/, 'headings of an answer stand below those of the document');
	});

	it('is text, whatever it holds: nothing of it is markup in HTML', async () => {
		const { text } = await exported(everything(hostile), 'html', { context: true });
		const markup = [...text.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
		assert.ok(markup.length > 50);
		for (const tag of markup) {
			assert.match(
				tag,
				/^<(?:\/?(?:html|head|title|style|body|header|main|section|article|div|span|p|h[1-6]|dl|dt|dd|time|details|summary|pre|code|strong|em|ul|ol|li|a|blockquote|br|hr|table|thead|tbody|tr|th|td|s)\b|meta\b|img alt=|!DOCTYPE html)/,
			);
			assert.doesNotMatch(tag, /\son\w+=|\sstyle=|javascript:|src="(?!data:image\/)/);
		}
		assert.doesNotMatch(text, /<script/i);
		assert.ok(!text.includes('\u202e') && !text.includes('\u001b'));
		assert.match(text, /⟦U\+202E⟧gnp/);
	});

	it('gives no link but to the web, and asks for nothing by itself', async () => {
		const { text } = await exported(everything(`${hostile} [ok](https://docs.example) ![x](https://evil.example/x.png)`), 'html');
		const addresses = [...text.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, address]) => address ?? '');
		assert.ok(addresses.length > 3);
		for (const address of addresses) assert.match(address, /^(?:#subagent-|https:\/\/docs\.example)/);
		assert.match(text, /default-src &#39;none&#39;; style-src &#39;sha256-/);
	});

	it('leads to no other computer of the network, by whatever slashes', async () => {
		const links = ['//evil.example/a', '\\\\\\\\evil.example\\a', '/\\\\evil.example/a', '/%09/evil.example/a']
			.map(to => `[here](${to})`)
			.join(' ');
		const { text } = await exported(everything(links), 'html');
		for (const [, address = ''] of text.matchAll(/\shref="([^"]*)"/g))
			assert.notEqual(new URL(address, 'file:///home/ada/export.html').host, 'evil.example', address);
	});

	it('is one JSON document with every text as it was said', async () => {
		const { text } = await exported(everything(hostile), 'json', { redactSecrets: false, shortenPaths: false, context: true });
		const document = JSON.parse(text) as {
			session: { title: string };
			conversations: { agentId: string | null; items: { kind: string; text?: string }[] }[];
		};
		assert.equal(document.session.title, hostile);
		assert.deepEqual(
			document.conversations.map(({ agentId, items }) => [agentId, items.length]),
			[
				[null, 9],
				['a1', 1],
			],
		);
		assert.equal(document.conversations[0]?.items[0]?.text, hostile);
		assert.ok(!text.includes('\u202e'));
	});

	for (const format of ['md', 'html', 'json'] as const) {
		it(`holds no secret as ${format}, wherever one stood, and says how many it held`, async () => {
			const { text, redacted } = await exported(everything(`use ${secret} and\n${key}\nnow`), format, { context: true });
			for (const piece of [secret, secret.slice(0, 20), 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC']) assert.ok(!text.includes(piece), piece);
			assert.ok((redacted['API key'] ?? 0) > 30 && (redacted['private key'] ?? 0) > 30, JSON.stringify(redacted));
			const open = await exported(everything(`use ${secret}`), format, { redactSecrets: false });
			assert.ok(open.text.includes(secret));
		});

		it(`names no home folder as ${format}`, async () => {
			const paths = '/home/ada/engine/src/wheel.ts and /home/ada/.ssh/x, ~/.claude/projects/-home-ada-engine/s1.jsonl; /home/adam/x';
			const { text } = await exported(everything(paths), format);
			assert.ok(!/home\/ada\b|-home-ada\b/.test(text));
			assert.ok(text.includes('./src/wheel.ts') && text.includes('~/.ssh/x') && text.includes('/home/adam/x'));
		});
	}

	it('leaves out what a person does not want to give away', async () => {
		const texts = new Texts();
		const told: Told = {
			texts,
			items: [
				assistant(
					thinking(texts, 'my thought'),
					tool(
						'Bash',
						{
							kind: 'shell',
							command: texts.of('the command'),
							description: null,
							output: texts.of('the output'),
							errorOutput: null,
							exitCode: 0,
							backgroundId: null,
							meaning: null,
						},
						{ result: [{ kind: 'text', text: texts.of('the output') }] },
					),
					tool('Task', {
						kind: 'agent',
						agentType: null,
						description: 'look',
						prompt: texts.of('the task'),
						subagent: card('a1'),
						answer: texts.of('the report'),
						isBackground: false,
						totalTokens: null,
						toolCalls: null,
					}),
				),
			],
			agents: { a1: [prompt(texts, 'inside the subagent')] },
		};
		for (const format of ['md', 'html', 'json'] as const) {
			const has = async (part: string, change = {}): Promise<boolean> => (await exported(told, format, change)).text.includes(part);
			assert.deepEqual([await has('my thought'), await has('my thought', { thinking: false })], [true, false]);
			assert.deepEqual([await has('the output'), await has('the output', { toolResults: false })], [true, false]);
			assert.deepEqual([await has('the report'), await has('the report', { toolResults: false })], [true, false]);
			assert.deepEqual([await has('the command', { toolResults: false }), await has('the task', { toolResults: false })], [true, true]);
			assert.deepEqual([await has('inside the subagent'), await has('inside the subagent', { subagents: false })], [true, false]);
		}
	});

	it('holds no secret of an input that is JSON, or of an output in colours', async () => {
		const texts = new Texts();
		const input = {
			sql: `line\nghp_${'aB3dE5fG7hJ9'.repeat(3)}`,
			files: [{ content: `A=1\n${key}\n` }],
			body: JSON.stringify({ password: 'sw\u00f6rdfish' }),
		};
		const told: Told = {
			texts,
			items: [
				assistant(
					tool('mcp__db__query', { kind: 'mcp', server: 'db', tool: 'query', input: texts.of(JSON.stringify(input, null, 2)) }),
					tool('Unheard', { kind: 'other', input: texts.of(JSON.stringify(input, null, 2)) }),
					tool('Bash', {
						kind: 'shell',
						command: texts.of('grep --color=always PASS .env'),
						description: null,
						output: texts.of('DB_\u001b[01;31m\u001b[KPASS\u001b[m\u001b[KWORD=hunter2x77\npass\u200bword: hunter2x77'),
						errorOutput: null,
						exitCode: 0,
						backgroundId: null,
						meaning: null,
					}),
				),
			],
		};
		for (const format of ['md', 'html', 'json'] as const) {
			const { text, redacted } = await exported(told, format);
			assert.doesNotMatch(text, /aB3dE5fG|MIIEvQ|rdfish|hunter2/, format);
			assert.deepEqual(redacted, { token: 2, 'private key': 2, password: 4 });
		}
	});

	it('holds no half of a secret where the index kept only the beginning of a text', async () => {
		const cut = 'psql postgresql://admin:Tr0ub4dorAndThreeMore';
		const text = new Texts();
		const told: Told = {
			texts: text,
			session: { title: cut },
			items: [assistant(tool('Unheard', { kind: 'other', input: text.of('{}') }, { summary: cut }))],
		};
		for (const format of ['md', 'html', 'json'] as const) {
			const exportedText = (await exported(told, format)).text;
			assert.doesNotMatch(exportedText, /Tr0ub4dor/, format);
			assert.match(exportedText, /postgresql/, format);
		}
	});

	it('has the whole of long texts, item by item', async () => {
		const texts = new Texts();
		const long = Array.from({ length: 20_000 }, (_, at) => `line ${at}`).join('\n');
		const items = Array.from({ length: 300 }, (_, at) => (at === 7 ? prompt(texts, long) : prompt(texts, `prompt ${at}.`)));
		const { text, largest, tally } = await exported({ texts, items }, 'html');
		assert.ok(text.includes('line 19999') && text.includes('prompt 299.'));
		assert.equal(tally.items, 300);
		assert.ok(largest < long.length * 2);
	});

	it('does not hang on a word of five megabytes', async () => {
		const texts = new Texts();
		const items = [prompt(texts, 'x'.repeat(5_000_000)), assistant(answer(texts, '`'.repeat(2_000_000)))];
		for (const format of ['md', 'html'] as const) assert.ok((await exported({ texts, items }, format)).text.length > 4_000_000);
	}).timeout(60_000);

	it('shows pictures that are some, by their first bytes, and names all others', async () => {
		const texts = new Texts();
		const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
		const image = (part: number): ItemContent =>
			({
				...prompt(texts, 'see'),
				attachments: [{ kind: 'image', image: { mediaType: 'image/svg+xml', bytes: 70, part } }],
			}) as ItemContent;
		const told: Told = { texts, items: [image(0), image(1)], images: [png, Buffer.from('<svg onload=x>').toString('base64')] };
		const { text } = await exported(told, 'html');
		assert.deepEqual(text.match(/<img /g)?.length, 1);
		assert.ok(text.includes(`src="data:image/png;base64,${png.replaceAll('=', '&#61;').replaceAll('&#61;', '=')}"`));
		assert.ok(!(await exported(told, 'html', { images: false })).text.includes('<img'));
	});
});
