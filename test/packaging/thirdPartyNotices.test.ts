import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAcceptedLicense, noticesText, packageFolders, readShippedPackages } from '../../scripts/thirdPartyNotices.ts';

describe('The third-party notices', () => {
	it('find the innermost package of every bundled file, once', () => {
		assert.deepEqual(
			packageFolders([
				'src/extension/extension.ts',
				'node_modules/lit/index.js',
				'node_modules/lit/html.js',
				'node_modules/@vscode/webview-ui-toolkit/dist/index.js',
				'node_modules/a/node_modules/@b/c/index.js',
			]),
			['node_modules/@vscode/webview-ui-toolkit', 'node_modules/a/node_modules/@b/c', 'node_modules/lit'],
		);
	});

	it('accept a licence when one alternative asks for nothing but its notice', () => {
		assert.equal(isAcceptedLicense('x', 'MIT'), true);
		assert.equal(isAcceptedLicense('x', '(MPL-2.0 OR Apache-2.0)'), true);
		assert.equal(isAcceptedLicense('x', '(MIT AND BSD-3-Clause)'), true);
		assert.equal(isAcceptedLicense('x', '(MIT AND GPL-3.0)'), false);
		assert.equal(isAcceptedLicense('x', 'GPL-3.0-only'), false);
		assert.equal(isAcceptedLicense('x', 'UNLICENSED'), false);
	});

	it('accept the icon font under its attribution licence, and no other package under it', () => {
		assert.equal(isAcceptedLicense('@vscode/codicons', 'CC-BY-4.0'), true);
		assert.equal(isAcceptedLicense('x', 'CC-BY-4.0'), false);
	});

	it('refuse a package that carries no licence text, or one that asks for more', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'session-insights-notices-'));
		try {
			await writeFile(join(folder, 'package.json'), '{ "name": "x", "version": "1.0.0", "license": "MIT" }');
			await assert.rejects(readShippedPackages(folder, ['.']), /x@1\.0\.0 carries no licence text/);
			await writeFile(join(folder, 'package.json'), '{ "name": "x", "version": "1.0.0", "license": "MIT", "author": { "name": "Ada" } }');
			assert.match(noticesText(await readShippedPackages(folder, ['.'])), /Copyright \(c\) Ada/);
			await writeFile(join(folder, 'LICENSE'), 'You may.\n');
			const packages = await readShippedPackages(folder, ['.']);
			assert.match(noticesText(packages), /^x 1\.0\.0 \(MIT\)\n-+\n\nYou may\.$/m);
			await writeFile(join(folder, 'package.json'), '{ "name": "x", "version": "1.0.0", "license": "AGPL-3.0" }');
			await assert.rejects(readShippedPackages(folder, ['.']), /AGPL-3\.0/);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	});
});
