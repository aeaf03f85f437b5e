import assert from 'node:assert/strict';
import { pathShortener } from '../../../src/extension/exporting/paths.ts';
import { Redactor, SecretSurvey } from '../../../src/extension/exporting/secrets.ts';

const first = 'sk-ant-api03-Zx9Yw8Vu7Ts6Rq5Po4Nm3';
const second = 'ghp_abcdefghijklmnop1234';

describe('The preview of what is redacted', () => {
	it('gathers each secret with its places, and shows it nowhere', () => {
		const survey = new SecretSurvey();
		const text = `export KEY\nuse ${first} then ${second} and again ${first}, said Ada`;
		const cleaned = survey.look(text, 's1', 'prompt');
		survey.look(`later ${first}`, 's2', 'answer');
		assert.equal(cleaned, 'export KEY\nuse [redacted API key] then [redacted token] and again [redacted API key], said Ada');
		const findings = survey.findings();
		assert.deepEqual(
			findings.map(({ kind, places, length, beginning, samples }) => [kind, places, length, beginning, samples.length]),
			[
				['API key', 3, first.length, 'sk-a', 3],
				['token', 1, second.length, 'ghp_', 1],
			],
		);
		assert.deepEqual(findings[1]?.samples[0], {
			sessionId: 's1',
			where: 'prompt',
			before: 'export KEY use [redacted API key] then',
			after: 'and again [redacted API key], said Ada',
		});
		const shown = JSON.stringify(findings);
		for (const secret of [first, second]) assert.ok(!shown.includes(secret.slice(0, 10)));
	});

	it('says nothing of a short secret but how long it is', () => {
		const survey = new SecretSurvey();
		survey.look('password = "hunter2x"', 's1', 'prompt');
		assert.deepEqual(
			survey.findings().map(({ beginning, length }) => [beginning, length]),
			[['', 8]],
		);
	});

	it('lets a person leave single ones in', () => {
		const survey = new SecretSurvey();
		const text = `API_KEY=${first} TOKEN=${second}`;
		survey.look(text, 's1', 'tool');
		const kept = survey.findings().find(({ length }) => length === first.length)?.key ?? '';
		const redactor = new Redactor([kept]);
		assert.equal(redactor.redact(text), `API_KEY=${first} TOKEN=[redacted token]`);
		assert.deepEqual(redactor.counts, { token: 1 });
	});

	it('is not led astray by text that looks like its own marks', () => {
		const survey = new SecretSurvey();
		const text = `[redacted token\u{F0001}99\u{F0002}] ${first} [redacted API key]`;
		survey.look(text, 's1', 'prompt');
		assert.equal(survey.findings().length, 1);
	});
});

describe('Paths in an export', () => {
	it('are shortened by the folder they lie in, longest first, with either separator', () => {
		const shorten = pathShortener([
			{ path: 'C:\\Users\\Ada', as: '~' },
			{ path: 'C:\\Users\\Ada\\engine', as: '.' },
		]);
		assert.equal(shorten('C:\\Users\\Ada\\engine\\x.ts C:/Users/Ada/y {"p":"C:\\\\Users\\\\Ada\\\\z"}'), '.\\x.ts ~/y {"p":"~\\\\z"}');
		assert.equal(shorten('C:\\Users\\Adam\\x'), 'C:\\Users\\Adam\\x');
	});

	it('are shortened where they begin, and not at the end of a longer path or an address', () => {
		for (const folder of ['/src', '/app', '/root']) {
			const shorten = pathShortener([{ path: folder, as: '.' }]);
			const others = [
				`https://github.com/me${folder}`,
				`http://localhost:3000${folder}/x`,
				`cp -r /usr${folder}/linux /opt${folder}`,
				`~${folder} .${folder} ../x${folder} $HOME${folder} \${x}${folder} */${folder.slice(1)} C:${folder}`,
				`${folder}s ${folder}-old`,
				`a non-${folder.slice(1)} user, --${folder.slice(1)}`,
			];
			for (const text of others) assert.equal(shorten(text), text);
			const own = [
				'X/a',
				'cd X && ls "X/a" \'X\' `X/b`',
				'PATH=X/bin:X/sbin:/bin',
				'(X/a) [X/b] <X/c> {X}',
				'file://X/a vscode-remote://wsl+ubuntuX/a',
				'-IX/include -o=X/out >X/log @X/a.ts',
				'+X/a\n-X/b\n12:X/c',
				'看X/a。',
				String.raw`{"cmd":"cd\nX/a"}`,
				'\u001b[01;31mX/a\u001b[m',
			];
			for (const text of own) assert.equal(shorten(text.replaceAll('X', folder)), text.replaceAll('X', '.'));
		}
	});

	it('are found behind a scheme, an escape and a long prefix of Windows', () => {
		const shorten = pathShortener([{ path: 'C:\\Users\\Ada', as: '~' }]);
		assert.equal(
			shorten('file:///C:/Users/Ada/x "C:\\Users\\Ada" (C:\\Users\\Ada\\y) \\\\?\\C:\\Users\\Ada'),
			'file:///~/x "~" (~\\y) \\\\?\\~',
		);
		assert.equal(shorten(String.raw`"cd\nC:\\Users\\Ada\\z"`), String.raw`"cd\n~\\z"`);
		assert.equal(shorten('abC:\\Users\\Ada and C--Users-Ada'), 'abC:\\Users\\Ada and -home');
	});

	it('stay when the folder is a root', () => {
		assert.equal(pathShortener([{ path: '/', as: '~' }])('/etc/hosts'), '/etc/hosts');
	});
});
