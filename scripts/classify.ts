/**
 * `npm run --silent classify -- [--claude-dir DIR]… (--workspace DIR | --all) --data DIR [--provider rules|claude-cli]
 * [--model M] [--max-cost USD, more than 0] [--concurrency N] [--timeout S] [--json]`
 *
 * The extension's own job without VS Code: brings the index up to date, and sorts the sessions that have no such answer
 * yet. A run that was cut off goes on. Exit code 0: done, 1: the run failed, 2: the command line is wrong.
 */
import { pathToFileURL } from 'node:url';
import type * as Program from './classify/main.ts';
import { headlessScripts } from './headless/bundle.ts';

const { program, readerThread } = await headlessScripts('classify');
const { classifyCommand } = (await import(pathToFileURL(program).href)) as typeof Program;
const code = await classifyCommand(pathToFileURL(readerThread));
// Requests under way write to their files without this process, which their handles would keep alive.
process.stderr.write('', () => process.stdout.write('', () => process.exit(code)));
