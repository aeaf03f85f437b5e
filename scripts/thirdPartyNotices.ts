/** The licences of everything that went into the bundles, as the text that is shipped beside them. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** One package whose code or font is shipped. */
export interface ShippedPackage {
	readonly name: string;
	readonly version: string;
	readonly license: string;
	readonly text: string;
}

/** Licences that ask for nothing but their notice. */
const accepted = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD']);
/** Fonts and pictures, which are not linked to code; the notice is the attribution that the licence asks for. */
const acceptedAssets: Readonly<Record<string, string>> = { '@vscode/codicons': 'CC-BY-4.0' };

/** True when one of the alternatives of an SPDX expression such as `(MPL-2.0 OR Apache-2.0)` is acceptable, and all parts of an `AND` are. */
export function isAcceptedLicense(packageName: string, expression: string): boolean {
	if (acceptedAssets[packageName] === expression) return true;
	return expression
		.replace(/[()]/g, '')
		.split(/ OR /)
		.some(alternative => alternative.split(/ AND /).every(license => accepted.has(license.trim())));
}

/** Names of the packages that the bundled files (paths below the repository) belong to, sorted; the innermost `node_modules` counts. */
export function packageFolders(inputs: readonly string[]): readonly string[] {
	const folders = new Set<string>();
	for (const input of inputs) {
		const match = /^(?:.*[\\/])?node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(input);
		if (match !== null) folders.add(match[0]);
	}
	return [...folders].sort();
}

/** Throws when a package names no licence, one that is not accepted, or ships no licence text. */
export async function readShippedPackages(root: string, folders: readonly string[]): Promise<readonly ShippedPackage[]> {
	return Promise.all(folders.map(folder => readShippedPackage(join(root, folder))));
}

async function readShippedPackage(folder: string): Promise<ShippedPackage> {
	const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const name = stringAt(manifest, 'name');
	const version = stringAt(manifest, 'version');
	const license = stringAt(manifest, 'license');
	if (name === null || version === null || license === null) throw new Error(`${folder} names no licence.`);
	if (!isAcceptedLicense(name, license)) throw new Error(`${name}@${version} is under ${license}, which this package does not ship.`);
	const files = (await readdir(folder)).filter(file => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
	const texts = await Promise.all(files.map(file => readFile(join(folder, file), 'utf8')));
	if (texts.length > 0) return { name, version, license, text: texts.map(text => text.trim()).join('\n\n') };
	const holder = authorOf(manifest);
	if (license !== 'MIT' || holder === null) throw new Error(`${name}@${version} carries no licence text.`);
	return { name, version, license, text: mitText(holder) };
}

/** Some packages (those of FAST) name the MIT licence and their author and leave its text out. */
function mitText(holder: string): string {
	return `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;
}

function authorOf(manifest: unknown): string | null {
	const author: unknown = typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'author') : null;
	return stringAt(manifest, 'author') ?? stringAt(author, 'name');
}

function stringAt(value: unknown, key: string): string | null {
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
	const found: unknown = Reflect.get(value, key);
	return typeof found === 'string' ? found : null;
}

/** The file's whole text. */
export function noticesText(packages: readonly ShippedPackage[]): string {
	const rule = '-'.repeat(78);
	const parts = packages.map(({ name, version, license, text }) => `${rule}\n${name} ${version} (${license})\n${rule}\n\n${text}\n`);
	return ['This extension contains the following third-party software and fonts.\n', ...parts].join('\n').replaceAll('\r\n', '\n');
}
