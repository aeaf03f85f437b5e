/**
 * `npm run --silent backup -- --data DIR [--list | --restore FILE] [--json]`
 *
 * Makes a checked copy of the ledger in DIR, which goes to DIR/backups; with --list says which there are; with --restore
 * puts one of them back, in the windows that are open too, after a backup of what is there now. Exit code 0: done, 1: it
 * failed, 2: the command line is wrong.
 */
import { pathToFileURL } from 'node:url';
import { headlessScripts } from './headless/bundle.ts';
import type * as Program from './backup/main.ts';

const { program } = await headlessScripts('backup');
const { backupCommand } = (await import(pathToFileURL(program).href)) as typeof Program;
process.exitCode = await backupCommand();
