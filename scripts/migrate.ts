/**
 * `npm run migrate -- --data DIR [--to N]`
 *
 * Takes the SQLite files in DIR to version N of their schemas, up or down; without --to, to the newest. A backup is made
 * first. Close the windows that use them. Exit code 0: done, 1: it failed, 2: the command line is wrong.
 */
import { pathToFileURL } from 'node:url';
import { headlessScripts } from './headless/bundle.ts';
import type * as Program from './migrate/main.ts';

const { program } = await headlessScripts('migrate');
const { migrateCommand } = (await import(pathToFileURL(program).href)) as typeof Program;
process.exitCode = await migrateCommand();
