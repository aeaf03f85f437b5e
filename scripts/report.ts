/**
 * `npm run --silent report -- [--claude-dir DIR]… (--workspace DIR | --all) [--data DIR] [--json]`
 *
 * The extension's own engine without VS Code: indexes once and prints what there is. Exit code 0: done, 1: the run failed,
 * 2: the command line is wrong.
 */
import { pathToFileURL } from 'node:url';
import { headlessScripts } from './headless/bundle.ts';
import type * as Program from './report/main.ts';

const { program, readerThread } = await headlessScripts('report');
const { reportCommand } = (await import(pathToFileURL(program).href)) as typeof Program;
process.exitCode = await reportCommand(pathToFileURL(readerThread));
