/** The program behind `npm run migrate`: its command line, and what it prints. */
import { basename } from 'node:path';
import { migrateFolder, newestVersion } from '../../src/extension/store/migrateFolder.ts';
import { dataFolderOf, exitCodeOf, readCommandLine, UsageError } from '../headless/commandLine.ts';

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

/** Reads the command line, prints, and answers the exit code. */
export function migrateCommand(): Promise<number> {
	return exitCodeOf(usage, main);
}
