/**
 * `npm run --silent insights -- [--claude-dir DIR]… (--workspace DIR | --all) [--data DIR] [--since ISO] [--until ISO] [--timezone ZONE] [--json]`
 *
 * Every figure of the insights panel, by the extension's own engine without VS Code. Exit code 0: done, 1: the run failed,
 * 2: the command line is wrong.
 */
import { pathToFileURL } from 'node:url';
import { headlessScripts } from './headless/bundle.ts';
import type * as Program from './insights/main.ts';

const { program, readerThread } = await headlessScripts('insights');
const { insightsCommand } = (await import(pathToFileURL(program).href)) as typeof Program;
process.exitCode = await insightsCommand(pathToFileURL(readerThread));
