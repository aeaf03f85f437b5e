/** Builds the VSIX: release bundles, the notices of what they contain, and the few files that `.vscodeignore` lets in. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../test/support/runProgram.ts';
import { buildExtension, root } from './build.ts';
import { noticesText, packageFolders, readShippedPackages } from './thirdPartyNotices.ts';

export interface ExtensionPackage {
	readonly vsix: string;
	readonly bytes: number;
}

/** Where the package of the present version lies, built or not. */
export async function vsixPath(): Promise<string> {
	const { name, version } = await readManifest();
	return join(root, `${name}-${version}.vsix`);
}

export async function packageExtension(): Promise<ExtensionPackage> {
	const metafiles = await buildExtension({ release: true, outDir: join(root, 'dist') });
	const inputs = metafiles.flatMap(metafile => Object.keys(metafile.inputs));
	const folders = packageFolders([...inputs, 'node_modules/@vscode/codicons/dist/codicon.ttf']);
	await writeFile(join(root, 'THIRD-PARTY-NOTICES.txt'), noticesText(await readShippedPackages(root, folders)));
	const vsix = await vsixPath();
	// Everything is bundled: no dependency is packaged. vsce's own signing tool, whose install script does not run here, is not needed.
	const args = ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix];
	await runProgram(process.execPath, [join(root, 'node_modules/@vscode/vsce/vsce'), ...args], { cwd: root });
	return { vsix, bytes: (await stat(vsix)).size };
}

async function readManifest(): Promise<{ readonly name: string; readonly version: string }> {
	const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
	if (typeof manifest !== 'object' || manifest === null || !('name' in manifest) || !('version' in manifest)) {
		throw new Error('package.json names neither the extension nor its version.');
	}
	return { name: String(manifest.name), version: String(manifest.version) };
}

if (import.meta.main) {
	try {
		const { vsix, bytes } = await packageExtension();
		console.log(`${vsix} (${(bytes / 1024).toFixed(0)} KB)`);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
