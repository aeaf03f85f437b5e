import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { root } from '../../scripts/build.ts';
import { vsixUnderTest } from '../support/testExtensions.ts';
import { readZip } from './zip.ts';

/** Everything that is shipped. A new file has to be added here on purpose. */
const shipped = [
	'[Content_Types].xml',
	'extension.vsixmanifest',
	'extension/LICENSE.txt',
	'extension/THIRD-PARTY-NOTICES.txt',
	'extension/changelog.md',
	'extension/dist/engine.cjs',
	'extension/dist/extension.cjs',
	'extension/dist/mcp.cjs',
	'extension/dist/readerThread.cjs',
	'extension/dist/webview/codicon.css',
	'extension/dist/webview/codicon.ttf',
	'extension/dist/webview/insights.js',
	'extension/dist/webview/search.js',
	'extension/dist/webview/transcript.js',
	'extension/l10n/bundle.l10n.de.json',
	'extension/l10n/bundle.l10n.json',
	'extension/l10n/pages.l10n.de.json',
	'extension/media/activity-bar.svg',
	'extension/media/cost.png',
	'extension/media/icon.png',
	'extension/media/screenshot.png',
	'extension/media/search.png',
	'extension/media/transcript.png',
	'extension/media/walkthrough/categories.svg',
	'extension/media/walkthrough/insights.svg',
	'extension/media/walkthrough/resume.svg',
	'extension/media/walkthrough/sessions.svg',
	'extension/package.json',
	'extension/package.nls.de.json',
	'extension/package.nls.json',
	'extension/readme.md',
];

/** NFR-5. */
const largestPackage = 2 * 1024 * 1024;

describe('The package (NFR-5)', () => {
	let vsix: string;
	let files: ReadonlyMap<string, Buffer>;

	before(async () => {
		vsix = await vsixUnderTest();
		files = await readZip(vsix);
	});

	const text = (name: string): string => {
		const content = files.get(name);
		assert.ok(content, `${name} is not in the package`);
		return content.toString('utf8');
	};

	it('contains exactly the files that are meant to be shipped', () => {
		assert.deepEqual([...files.keys()].sort(), [...shipped].sort());
	});

	it('is smaller than 2 MB', async () => {
		assert.ok((await stat(vsix)).size < largestPackage);
	});

	it('ships neither source maps nor references to them', () => {
		for (const name of files.keys())
			if (/\.(cjs|js|css)$/.test(name)) assert.doesNotMatch(text(name), /sourceMappingURL=(?!data:application\/wasm)/);
	});

	it('does not remember the folder it was built in', () => {
		for (const [name, content] of files) assert.equal(content.includes(root), false, `${name} contains ${root}`);
	});

	it('names every package that went into its bundles, with its licence text', () => {
		const notices = text('extension/THIRD-PARTY-NOTICES.txt');
		for (const name of ['sql.js', 'lit', '@vscode/codicons']) assert.match(notices, new RegExp(`^${name} \\d\\S* \\(`, 'm'));
		assert.match(notices, /Permission is hereby granted, free of charge/);
	});

	it('asks for the capabilities that it declares and nothing else', () => {
		const manifest = JSON.parse(text('extension/package.json')) as {
			readonly main: string;
			readonly engines: { readonly vscode: string };
			readonly dependencies?: unknown;
			readonly enabledApiProposals?: unknown;
		};
		assert.ok(files.has(`extension/${manifest.main.replace('./', '')}`));
		assert.equal(manifest.dependencies, undefined);
		assert.equal(manifest.enabledApiProposals, undefined);
	});
});
