/**
 * `npm run --silent export -- SESSION_ID --format md|html|json --output FILE [--claude-dir DIR]… [--data DIR] [--no-redact]
 * [--no-thinking] [--no-tool-results] [--no-subagents] [--context] [--full-paths] [--force] [--json]`
 *
 * The extension's own export without VS Code: brings the index up to date and writes one session into a file. Exit code 0:
 * done, 1: it failed, 2: the command line is wrong.
 */
import { pathToFileURL } from 'node:url';
import type * as Program from './export/main.ts';
import { headlessScripts } from './headless/bundle.ts';

const { program, readerThread } = await headlessScripts('export');
const { exportCommand } = (await import(pathToFileURL(program).href)) as typeof Program;
process.exitCode = await exportCommand(pathToFileURL(readerThread));
