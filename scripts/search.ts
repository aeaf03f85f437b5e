/**
 * `npm run --silent search -- QUERY … [--claude-dir DIR]… [--workspace DIR | --all] [--data DIR] [--limit N] [--timezone ZONE] [--json]`
 *
 * The extension's own engine without VS Code: brings the index and the search index up to date and prints what it finds. Exit
 * code 0: done, also when nothing was found, 1: the run failed, 2: the command line is wrong.
 */
import { pathToFileURL } from 'node:url';
import { headlessScripts } from './headless/bundle.ts';
import type * as Program from './search/main.ts';

const { program, readerThread } = await headlessScripts('search');
const { searchCommand } = (await import(pathToFileURL(program).href)) as typeof Program;
process.exitCode = await searchCommand(pathToFileURL(readerThread));
