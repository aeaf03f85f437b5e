/** The program behind `npm run migrate`: its command line, and what it prints. */
import { basename } from 'node:path';
import { migrateFolder, newestVersion } from '../../src/extension/store/migrateFolder.ts';
import { dataFolderOf, exitCodeOf, type Manual, readCommandLine, UsageError } from '../headless/commandLine.ts';

const manual: Manual = {
	about: 'Takes the SQLite files to another version of their schemas, after a backup. Close the windows that use them.',
	usage: 'npm run migrate -- --data DIR [--to N]',
	options: [
		['--data DIR', 'the folder of the SQLite files'],
		['--to N', 'the version, up or down; the newest if not given'],
	],
};

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

/** Reads the command line, prints, and answers the exit code. */
export function migrateCommand(): Promise<number> {
	return exitCodeOf(manual, main);
}
