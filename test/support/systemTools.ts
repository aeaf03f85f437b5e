/**
 * What npm cannot bring: a Chromium to drive and a compiler for the served VS Code's two native modules. As root on a
 * Debian, or in CI, they are installed; otherwise the person is told the command.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runProgram } from './runProgram.ts';

/** Something the person has to install first; `message` is all they need to read. */
export class MissingTool extends Error {
	readonly reason = 'missing-tool';
}

const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];
const chromiumPlaces = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Absolute path of a program on the PATH, or null. */
export function onPath(name: string): string | null {
	const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
	for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
		if (folder === '') continue;
		for (const suffix of suffixes) {
			const candidate = join(folder, name + suffix);
			try {
				accessSync(candidate, constants.X_OK);
				return candidate;
			} catch {
				continue;
			}
		}
	}
	return null;
}

/** Path of a Chromium-based browser; `CHROMIUM_PATH` names one. Throws `MissingTool`. */
export async function findChromium(): Promise<string> {
	const found = installedChromium();
	if (found !== null) return found;
	await installPackages(['chromium'], 'a Chromium browser (or set CHROMIUM_PATH to one)');
	const installed = installedChromium();
	if (installed === null) throw new MissingTool('Chromium was installed but is not on the PATH; set CHROMIUM_PATH to it.');
	return installed;
}

function installedChromium(): string | null {
	const named = process.env['CHROMIUM_PATH'];
	if (named !== undefined && named !== '') return named;
	for (const name of chromiumNames) {
		const found = onPath(name);
		if (found !== null) return found;
	}
	return chromiumPlaces.find(place => existsSync(place)) ?? null;
}

/** Makes sure that node-gyp finds make, a C++ compiler and Python. Throws `MissingTool`. */
export async function ensureCompiler(): Promise<void> {
	if (process.platform === 'win32') return;
	const compiler = onPath('g++') ?? onPath('clang++') ?? onPath('c++');
	if (onPath('make') !== null && compiler !== null && onPath('python3') !== null) return;
	await installPackages(['make', 'g++', 'python3'], 'make, a C++ compiler and Python 3, to build two native modules of the served VS Code');
}

async function installPackages(packages: readonly string[], what: string): Promise<void> {
	const apt = onPath('apt-get');
	const isRoot = process.getuid?.() === 0;
	if (apt === null || !(isRoot || process.env['CI'] !== undefined)) throw new MissingTool(adviceFor(packages, what, apt !== null));
	console.error(`Installing ${packages.join(', ')} with apt-get …`);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	for (const step of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
		await (isRoot ? runProgram(apt, step, { env }) : runProgram('sudo', ['-n', apt, ...step], { env }));
	}
}

function adviceFor(packages: readonly string[], what: string, isDebian: boolean): string {
	const command = isDebian
		? `sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}`
		: process.platform === 'darwin'
			? packages.includes('chromium')
				? 'brew install --cask chromium'
				: 'xcode-select --install'
			: `install with your system's package manager: ${packages.join(' ')}`;
	return `This needs ${what}. Run:\n\n    ${command}\n`;
}
