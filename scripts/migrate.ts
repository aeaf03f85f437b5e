/**
 * `npm run migrate -- --data DIR [--to N]`
 *
 * Takes the SQLite files in DIR to version N of their schemas, up or down; without --to, to the newest. A backup is made
 * first. Close the windows that use them. Exit code 0: done, 1: it failed, 2: the command line is wrong.
 */
import { basename } from 'node:path';
import { migrateFolder, newestVersion } from '../src/extension/store/migrateFolder.ts';
import { dataFolderOf, exitCodeOf, readCommandLine, UsageError } from './headless/commandLine.ts';

const usage = 'npm run migrate -- --data DIR [--to N]';

function readArguments(): { folder: string; to: number | null } {
	const { values } = readCommandLine({ options: { data: { type: 'string' }, to: { type: 'string' } } });
	const folder = dataFolderOf(values.data);
	if (values.to === undefined) return { folder, to: null };
	const to = /^\d+$/.test(values.to) ? Number(values.to) : NaN;
	if (!(to <= newestVersion)) throw new UsageError(`--to: ${values.to} is no schema version; there are 0 to ${newestVersion}.`);
	return { folder, to };
}

async function main(): Promise<number> {
	const { folder, to } = readArguments();
	const { backup, files } = await migrateFolder({ folder, to, now: () => new Date() });
	console.log(`Backup: ${backup}`);
	for (const { name, version, messages } of files) {
		for (const message of messages) console.error(message);
		console.log(`${basename(name)}: schema version ${version}`);
	}
	return 0;
}

process.exitCode = await exitCodeOf(usage, main);
