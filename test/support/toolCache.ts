/**
 * Tools that the tests need but the package does not (a VS Code server, other Nodes) are installed once into a cache
 * folder outside the checkout, by name and version. `SESSION_INSIGHTS_TOOL_CACHE` moves it.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export function toolCacheDir(): string {
	const named = process.env['SESSION_INSIGHTS_TOOL_CACHE'];
	if (named !== undefined && named !== '') return named;
	const base = process.env['XDG_CACHE_HOME'];
	return join(base !== undefined && base !== '' ? base : join(homedir(), '.cache'), 'session-insights-for-claude-code');
}

/**
 * The folder of the tool `name`, filled by `fill` when it is not there yet. `fill` works in a folder of its own that
 * gets its name only when complete: a run that is killed, or two that start together, never leave half a tool.
 */
export async function installOnce(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
	const cache = toolCacheDir();
	const target = join(cache, name);
	if (existsSync(target)) return target;
	await mkdir(cache, { recursive: true });
	await removeAbandoned(cache);
	const staging = await mkdtemp(join(cache, `.staging-${process.pid}-`));
	try {
		await fill(staging);
		await rename(staging, target);
	} catch (error) {
		await rm(staging, { recursive: true, force: true });
		// Another run was faster: its tool is as good as ours.
		if (!existsSync(target)) throw error;
	}
	return target;
}

/** A killed installation leaves its folder, up to 0.6 GB, behind. */
async function removeAbandoned(cache: string): Promise<void> {
	for (const name of await readdir(cache)) {
		const owner = /^\.staging-(\d+)-/.exec(name)?.[1];
		if (owner !== undefined && !isAlive(Number(owner))) await rm(join(cache, name), { recursive: true, force: true });
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
