/** What the tests install into a served VS Code: the packaged extension, as a person would get it, and their own companion. */
import { copyFile, cp, mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { packageExtension, vsixPath } from '../../scripts/package.ts';
import { root } from '../../scripts/build.ts';
import { installExtension, type CodeServer } from './codeServer.ts';
import { runProgram } from './runProgram.ts';

/** Says that the package in the checkout is the one to test (`npm test` has just built it). */
export const builtPackageVariable = 'SESSION_INSIGHTS_USE_BUILT_PACKAGE';

/** The VSIX to test, built unless the caller has just done so. `SESSION_INSIGHTS_VSIX` names another one. */
export async function vsixUnderTest(): Promise<string> {
	const named = process.env['SESSION_INSIGHTS_VSIX'];
	if (named !== undefined && named !== '') return named;
	const built = await vsixPath();
	return process.env[builtPackageVariable] !== undefined && existsSync(built) ? built : (await packageExtension()).vsix;
}

/** Bundles the companion into a folder that VS Code can load, or vsce can package. */
export async function buildCompanion(folder: string): Promise<void> {
	const source = join(root, 'test', 'vscode', 'companion');
	await mkdir(folder, { recursive: true });
	await build({
		entryPoints: [join(source, 'extension.ts')],
		outfile: join(folder, 'extension.cjs'),
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node22',
		external: ['vscode'],
		logLevel: 'warning',
	});
	// Not named package.json in the sources, where it would make the compiler take the companion for CommonJS.
	await copyFile(join(source, 'manifest.json'), join(folder, 'package.json'));
}

/** Of the extensions that come with VS Code: themes, icons, and colours for the documents that are shown. */
const plainExtensions = ['theme-defaults', 'theme-modern-icons', 'theme-seti', 'json'];

/**
 * Fills a folder with what a window needs that shows nothing but our extension. All ninety, of which a dozen start with every
 * window (Git, TypeScript, npm, GitHub), take a quarter of its start; test/vscode runs beside them.
 */
export async function copyPlainExtensions(server: CodeServer, folder: string): Promise<void> {
	const all = join(dirname(server.main), '..', 'extensions');
	for (const name of plainExtensions) await cp(join(all, name), join(folder, name), { recursive: true });
}

/** Fills an extensions folder, which several servers may share, with the extension and the companion. */
export async function installTestExtensions(
	server: CodeServer,
	folders: { readonly dataDir: string; readonly extensionsDir: string },
): Promise<void> {
	const companion = join(folders.dataDir, 'companion');
	await buildCompanion(companion);
	const companionVsix = join(folders.dataDir, 'companion.vsix');
	const args = ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', companionVsix];
	await runProgram(process.execPath, [join(root, 'node_modules/@vscode/vsce/vsce'), ...args], { cwd: companion });
	for (const vsix of [await vsixUnderTest(), companionVsix]) await installExtension(server, { vsix, ...folders });
}
