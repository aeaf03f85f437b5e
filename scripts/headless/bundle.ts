/**
 * The headless commands as bundles, made anew when a source changed: loading the sources one by one, each stripped of its
 * types, costs each thread a quarter of a second.
 */
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

export interface HeadlessScripts {
	/** Exports the command of its `main.ts`. */
	readonly program: string;
	/** To start threads with. */
	readonly readerThread: string;
}

export type HeadlessCommand = 'report' | 'classify' | 'search' | 'insights' | 'export' | 'backup' | 'migrate';

const root = join(import.meta.dirname, '..', '..');
const cache = join(root, 'node_modules', '.cache', 'session-insights-headless');
const entries = {
	report: 'scripts/report/main.ts',
	classify: 'scripts/classify/main.ts',
	search: 'scripts/search/main.ts',
	insights: 'scripts/insights/main.ts',
	export: 'scripts/export/main.ts',
	backup: 'scripts/backup/main.ts',
	migrate: 'scripts/migrate/main.ts',
	readerThread: 'src/extension/indexing/readerThread.ts',
};
/** Whatever the bundles are made of lies in these. */
const sources = ['src/extension', 'src/messaging', 'src/webview/contract', 'scripts', 'package-lock.json'];
const dayMs = 86_400_000;

/** The bundles, or the sources themselves where nothing can be written. */
export async function headlessScripts(command: HeadlessCommand): Promise<HeadlessScripts> {
	const folder = join(cache, await digestOfSources());
	if ((await exists(join(folder, 'readerThread.cjs'))) || (await bundle(folder))) {
		// Reading compiled code takes 0.1 s less than compiling a bundle of 3 MB.
		enableCompileCache(join(folder, 'compiled'));
		return { program: join(folder, `${command}.cjs`), readerThread: join(folder, 'readerThread.cjs') };
	}
	return { program: join(root, entries[command]), readerThread: join(root, entries.readerThread) };
}

/** By names, sizes and times: opening the files would take longer than the rest of a start. */
async function digestOfSources(): Promise<string> {
	const files = await Promise.all(sources.map(async source => (await readdirOrFile(source)).map(name => join(source, name))));
	const stats = await Promise.all(files.flat().map(async name => ({ name, stat: await stat(join(root, name)) })));
	const hash = createHash('sha256');
	for (const { name, stat } of stats.sort((a, b) => (a.name < b.name ? -1 : 1))) {
		if (stat.isFile()) hash.update(`${name}\0${stat.size}\0${stat.mtimeMs}\n`);
	}
	return hash.digest('hex').slice(0, 16);
}

async function readdirOrFile(source: string): Promise<string[]> {
	return (await stat(join(root, source))).isDirectory() ? readdir(join(root, source), { recursive: true }) : [''];
}

/** Answers whether the folder is there. */
async function bundle(folder: string): Promise<boolean> {
	const [{ build }, { nodeBundle }] = await Promise.all([import('esbuild'), import('../build.ts')]);
	let staging = '';
	try {
		await removeOld();
		staging = await mkdtemp(`${cache}-`);
		await build({ ...nodeBundle, absWorkingDir: root, entryPoints: entries, outdir: staging, logLevel: 'warning' });
		// Another user of this machine may run them, too.
		await chmod(staging, 0o755);
		await rename(staging, folder);
	} catch (error) {
		if (staging !== '') await rm(staging, { recursive: true, force: true });
		const code = error instanceof Error && 'code' in error ? error.code : null;
		// A rename fails when another command was quicker.
		if (code === null) throw error;
	}
	return exists(join(folder, 'readerThread.cjs'));
}

/** A command that still runs may yet load its scripts: only what is a day old goes. */
async function removeOld(): Promise<void> {
	await mkdir(cache, { recursive: true });
	for (const name of await readdir(cache)) {
		const folder = join(cache, name);
		if (Date.now() - (await stat(folder)).mtimeMs > dayMs) await rm(folder, { recursive: true, force: true });
	}
}

async function exists(file: string): Promise<boolean> {
	return stat(file).then(
		() => true,
		() => false,
	);
}
