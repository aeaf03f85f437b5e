/** Turns test/vscode/suite into what an extension host can load. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../scripts/build.ts';

/** Mocha stays outside the bundles, since the tests and their runner must share one; it is named by its path, as the bundles lie anywhere. */
const mocha = join(root, 'node_modules', 'mocha', 'lib', 'mocha.cjs');

/** Path of the module that runs the suite, in the folder. */
export async function bundleSuite(outdir: string): Promise<string> {
	const source = join(root, 'test', 'vscode', 'suite');
	await build({
		entryPoints: (await readdir(source)).filter(name => name === 'index.ts' || name.endsWith('.test.ts')).map(name => join(source, name)),
		outdir,
		outExtension: { '.js': '.cjs' },
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node22',
		alias: { mocha },
		external: ['vscode', mocha],
		sourcemap: 'inline',
		logLevel: 'warning',
	});
	return join(outdir, 'index.cjs');
}
