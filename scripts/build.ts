/**
 * Bundles the extension into `dist/`: the host, the worker, its reader threads and the pages. `npm run build` makes
 * readable bundles with source maps; a package gets small ones without.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';

export const root = join(import.meta.dirname, '..');

export interface BuildRequest {
	/** For a package: minified, without source maps. */
	readonly release: boolean;
	/** Absolute; emptied first. */
	readonly outDir: string;
}

/** What went into each bundle, for the notices. */
export type BundleInputs = readonly Metafile[];

const hostEntries = {
	extension: 'src/extension/extension.ts',
	engine: 'src/extension/engine/worker.ts',
	readerThread: 'src/extension/indexing/readerThread.ts',
	mcp: 'src/extension/mcp/main.ts',
};
const pageEntries = {
	insights: 'src/webview/insights/main.ts',
	search: 'src/webview/search/main.ts',
	transcript: 'src/webview/transcript/main.ts',
};
/** VS Code's icon font, which the pages load beside their own style sheet. */
const codiconFiles = ['codicon.css', 'codicon.ttf'];

/** How everything is bundled that runs in Node. */
export const nodeBundle = {
	bundle: true,
	platform: 'node',
	format: 'cjs',
	outExtension: { '.js': '.cjs' },
	// The oldest supported VS Code runs Node 22.
	target: 'node22',
	// The sources are modules, the bundles are not.
	define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
} as const satisfies BuildOptions;

/** Throws with a list of what is missing, or of what a bundle must not contain. */
export async function buildExtension({ release, outDir }: BuildRequest): Promise<BundleInputs> {
	const missing = [...Object.values(hostEntries), ...Object.values(pageEntries)].filter(entry => !existsSync(join(root, entry)));
	if (missing.length > 0) throw new Error(`Nothing to bundle: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`);
	await rm(outDir, { recursive: true, force: true });
	const shared = {
		absWorkingDir: root,
		bundle: true,
		metafile: true,
		minify: release,
		sourcemap: release ? false : 'linked',
		legalComments: 'none',
		logLevel: 'warning',
	} as const satisfies BuildOptions;
	const host = await build({
		...shared,
		...nodeBundle,
		entryPoints: hostEntries,
		outdir: outDir,
		external: ['vscode'],
	});
	const pages = await build({
		...shared,
		entryPoints: pageEntries,
		outdir: join(outDir, 'webview'),
		platform: 'browser',
		format: 'iife',
		target: 'chrome134',
		define: { 'process.env.NODE_ENV': '"production"' },
	});
	await copyCodicons(join(outDir, 'webview'));
	await refuseBuildTraces(outDir);
	return [host.metafile, pages.metafile];
}

async function copyCodicons(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	for (const file of codiconFiles) await copyFile(join(root, 'node_modules/@vscode/codicons/dist', file), join(folder, file));
}

/**
 * A bundle that remembers where it was built, or asks `import.meta` for it, works here and breaks on another machine
 * (Claude Code's own extension failed to start on Windows for that reason).
 */
async function refuseBuildTraces(outDir: string): Promise<void> {
	for (const name of await readdir(outDir, { recursive: true })) {
		if (!/\.(cjs|js|css)$/.test(name)) continue;
		const text = await readFile(join(outDir, name), 'utf8');
		if (text.includes(root)) throw new Error(`dist/${name} contains the folder it was built in.`);
		if (name.endsWith('.cjs') && /\bimport\.meta\b|\bimport_meta\b/.test(text)) throw new Error(`dist/${name} uses import.meta.`);
	}
}

if (import.meta.main) {
	const outDir = join(root, 'dist');
	try {
		await buildExtension({ release: false, outDir });
		console.log(`Built ${outDir}`);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
