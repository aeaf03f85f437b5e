/** Type-checks every border on its own (engine, host, webview, tests): the separate configurations are what keeps the DOM out of the host and Node out of the pages. */
import { spawnSync } from 'node:child_process';

let failed = false;
for (const border of ['engine', 'host', 'webview', 'test']) {
	const run = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', `tsconfigs/${border}.json`], {
		stdio: 'inherit',
	});
	if (run.status !== 0) failed = true;
}
process.exitCode = failed ? 1 : 0;
