/** `npm run pictures`: takes the pictures of the README anew, in a real VS Code on the sample sessions, into `media/`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './build.ts';

const run = spawnSync(process.execPath, [join('test', 'e2e', 'run.ts'), 'readmePictures'], {
	cwd: root,
	stdio: 'inherit',
	env: { ...process.env, SESSION_INSIGHTS_PICTURES: 'media' },
});
process.exitCode = run.status ?? 1;
