/** The program behind `npm run backup`: its command line, and what it prints. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { BackupFolder } from '../../src/extension/store/ledger/backupFolder.ts';
import { type Backup, BackupError, LedgerBackups, type Restored } from '../../src/extension/store/ledger/backups.ts';
import { Ledger } from '../../src/extension/store/ledger/ledger.ts';
import { dataFolderOf, exitCodeOf, type Manual, personsPath, readCommandLine, UsageError } from '../headless/commandLine.ts';

const manual: Manual = {
	about: 'Makes a checked copy of what you typed and paid for, or puts one back.',
	usage: 'npm run --silent backup -- --data DIR [--list | --restore FILE] [--json]',
	options: [
		['--data DIR', 'the folder of the SQLite files; copies go to DIR/backups'],
		['--list', 'says which copies there are instead'],
		['--restore FILE', 'puts one of them back instead, after a copy of what is there now'],
		['--json', 'one JSON object about what was done'],
	],
};

interface Arguments {
	readonly folder: string;
	readonly isList: boolean;
	readonly restore: string | null;
	readonly isJson: boolean;
}

function readArguments(): Arguments {
	const text = { type: 'string' } as const;
	const flag = { type: 'boolean', default: false } as const;
	const { values } = readCommandLine({ options: { data: text, list: flag, restore: text, json: flag } });
	const { restore = null, list: isList, json: isJson } = values;
	const folder = dataFolderOf(values.data);
	if (isList && restore !== null) throw new UsageError('--list and --restore do not go together.');
	// A name as --list shows it, or a path to it.
	if (restore !== null && basename(restore) !== restore && dirname(personsPath(restore)) !== join(folder, 'backups')) {
		throw new UsageError(`--restore: ${restore} is not in ${join(folder, 'backups')}`);
	}
	return { folder, isList, restore: restore === null ? null : basename(restore), isJson };
}

async function withLedger<T>(folder: string, work: (backups: LedgerBackups) => Promise<T>): Promise<T> {
	const { ledger, messages } = await Ledger.open({ folder });
	for (const { text } of messages) console.error(text);
	try {
		return await work(new LedgerBackups({ ledger, folder }));
	} finally {
		await ledger.close();
	}
}

async function make(folder: string): Promise<Backup> {
	// Opening would make an empty one.
	if (!['ledger.sqlite', 'ledger.sqlite.previous'].some(name => existsSync(join(folder, name)))) {
		throw new BackupError('not found', `There is no ledger in ${folder}`);
	}
	return withLedger(folder, async backups => {
		const file = await backups.make(Number.POSITIVE_INFINITY);
		const made = (await backups.list()).find(backup => backup.file === file);
		if (made === undefined) throw new BackupError('not found', `${file} has vanished`);
		return made;
	});
}

async function restored(folder: string, file: string): Promise<Restored> {
	// What cannot be restored is refused before anything is made.
	(await new BackupFolder({ folder }).open(file)).close();
	return withLedger(folder, backups => backups.restore(file));
}

function line({ file, bytes, classifications, corrections, problem }: Backup): string {
	if (problem !== null) return `${file}  ${bytes} bytes  cannot be restored: ${problem}`;
	return `${file}  ${bytes} bytes  ${classifications} classifications, ${corrections} of them by persons`;
}

function say({ isJson }: Arguments, document: unknown, lines: readonly string[]): void {
	console.log(isJson ? JSON.stringify(document) : lines.join('\n'));
}

async function main(): Promise<number> {
	const asked = readArguments();
	if (asked.isList) {
		const backups = await new BackupFolder({ folder: asked.folder }).list();
		say(asked, { backups }, backups.length === 0 ? ['There are no backups.'] : backups.map(line));
	} else if (asked.restore !== null) {
		const done = await restored(asked.folder, asked.restore);
		say(asked, done, [`Restored: ${done.file}`, `Backup of what was there: ${done.kept}`]);
	} else {
		const backup = await make(asked.folder);
		say(asked, { backup }, [line(backup)]);
	}
	return 0;
}

/** Reads the command line, prints, and answers the exit code. */
export function backupCommand(): Promise<number> {
	return exitCodeOf(manual, main);
}
