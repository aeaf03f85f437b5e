/** Bundles a page as the product does, into memory. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export type PageName = 'insights' | 'search' | 'transcript';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const built = new Map<PageName, Promise<string>>();

/** The script of the page; built once in a run. */
export function buildPage(name: PageName): Promise<string> {
	const script = built.get(name) ?? bundle(name);
	built.set(name, script);
	return script;
}

async function bundle(name: PageName): Promise<string> {
	const { outputFiles } = await build({
		absWorkingDir: root,
		entryPoints: [`src/webview/${name}/main.ts`],
		bundle: true,
		write: false,
		format: 'iife',
		platform: 'browser',
		target: 'chrome134',
		minify: true,
		legalComments: 'none',
		define: { 'process.env.NODE_ENV': '"production"' },
	});
	const script = outputFiles[0];
	if (script === undefined) throw new Error(`Nothing was built for ${name}`);
	return script.text;
}
