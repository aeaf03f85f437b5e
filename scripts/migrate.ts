/**
 * `npm run migrate -- --data DIR [--to N]`
 *
 * Takes the SQLite files in DIR to version N of their schemas, up or down; without --to, to the newest. A backup is made
 * first. Close the windows that use them. Exit code 0: done, 1: it failed, 2: the command line is wrong.
 */
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { migrateFolder, newestVersion } from '../src/extension/store/migrateFolder.ts';

const usage = 'Usage: npm run migrate -- --data DIR [--to N]';

class UsageError extends Error {}

function readArguments(): { folder: string; to: number | null } {
	let values;
	try {
		({ values } = parseArgs({ options: { data: { type: 'string' }, to: { type: 'string' } } }));
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
	if (values.data === undefined || values.data === '') throw new UsageError('--data needs the folder of the SQLite files.');
	// npm runs scripts in the project's folder; the person stands elsewhere.
	const folder = resolve(process.env['INIT_CWD'] ?? '.', values.data);
	if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new UsageError(`--data: there is no folder ${folder}`);
	if (values.to === undefined) return { folder, to: null };
	const to = /^\d+$/.test(values.to) ? Number(values.to) : NaN;
	if (!(to <= newestVersion)) throw new UsageError(`--to: ${values.to} is no schema version; there are 0 to ${newestVersion}.`);
	return { folder, to };
}

try {
	const { folder, to } = readArguments();
	const { backup, files } = await migrateFolder({ folder, to, now: () => new Date() });
	console.log(`Backup: ${backup}`);
	for (const { name, version, messages } of files) {
		for (const message of messages) console.error(message);
		console.log(`${basename(name)}: schema version ${version}`);
	}
} catch (error) {
	console.error(error instanceof Error ? error.message : String(error));
	if (error instanceof UsageError) console.error(usage);
	process.exitCode = error instanceof UsageError ? 2 : 1;
}
