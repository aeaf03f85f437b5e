/**
 * What may be told to a stranger of a message that may quote anything: which of the product's own sentences it is, which errors it
 * names, and where in the bundles it happened. Only what is on a list comes out, so nothing has to be recognised as private.
 */
import { constants } from 'node:os';

/** Longer messages are quotations. */
const mostCharacters = 20_000;
const mostFrames = 8;

/** The product's own words, and those of the machinery below it. In lower case. */
const phrases: readonly string[] = [
	'the engine failed',
	'the engine exited',
	'the engine did not start',
	'a listener failed',
	'a listener to the jobs failed',
	'the indexer stopped',
	'the indexer does not run',
	'the indexer has not been started',
	'the extension is shutting down',
	'indexing failed',
	'saving failed',
	'run completed',
	'run failed',
	'cut off',
	'unchanged files gave other rows than before',
	'watching is limited',
	'changes are noticed only every',
	'what was forgotten is still in a copy on disk',
	'what was forgotten stays in the index',
	'the search index could not be brought up to date',
	'the search is switched off',
	'the search failed',
	'maintenance is not scheduled',
	'could not be scheduled',
	'answers that are left are not collected',
	'new sessions are not classified',
	'requests were under way when their run was cut off',
	'a request ended',
	'the process of a request was not noted',
	'did not stop when it was told to',
	'cannot be read',
	'cannot be written',
	'could not be saved',
	'could not be read',
	'could not be listed',
	'could not be updated',
	'could not be opened',
	'could not be applied',
	'could not be followed',
	'could not be cancelled',
	'does not exist',
	'is not there',
	'is not used',
	'is damaged',
	'was damaged',
	'there is no room left',
	'nothing can be written',
	'another window is using the data',
	'another window took over',
	'another process holds',
	'another process took',
	'another version of the extension',
	'newer version of the extension',
	'every change since was restored from the journal',
	'all data was deleted',
	'some jobs did not end',
	'the files could not be closed',
	'the ledger is closed',
	'the database is closed',
	'the statement is being iterated',
	'database disk image is malformed',
	'file is not a database',
	'constraint failed',
	'no such table',
	'no such column',
	'out of memory',
	'maximum call stack size exceeded',
	'invalid string length',
	'cannot read properties of',
	'is not a function',
	'is not iterable',
	'cannot use a setting',
	'timed out',
	'this workspace is not trusted',
	'the spending limit',
	'no such file or directory',
	'permission denied',
];

const errorNames: ReadonlySet<string> = new Set([
	...['Error', 'TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'URIError', 'EvalError', 'AggregateError', 'AbortError'],
	...['AssertionError', 'DataCloneError', 'TimeoutError', 'BackupError', 'ChannelError', 'ClassifyRefused', 'ConversationError'],
	...['DeletionError', 'ExportRefused', 'JobFailure', 'JobRefused', 'JobStop', 'LeaseLost', 'LedgerError', 'LockError', 'MarksRefused'],
	...['MigrateFolderError', 'MigrationError', 'ReadFailure', 'SaveError', 'ShardError', 'SqliteError', 'ToolError', 'TransferError'],
	'TransitionRefused',
]);

const systemCodes: ReadonlySet<string> = new Set(Object.keys(constants.errno));

/** What the engine says of each run. */
const runLine =
	/^(?:full|incremental|deep) run (?:completed|failed): \d{1,12} files, \d{1,12}\.\d MB in \d{1,12}(?:\.\d{1,20})? ms(?=$| \()/;
const exitLine = /^The engine exited with code \d{1,10} after \d{1,10} s$/;

/** Parts on a list, in the order of the list's kinds; `(other)` where there is none of them. */
export function messageShape(text: string): string {
	const message = text.slice(0, mostCharacters);
	const figures = (runLine.exec(message) ?? exitLine.exec(message))?.[0];
	const lower = message.toLowerCase();
	const said = figures === undefined ? phrases.filter(phrase => lower.includes(phrase)) : [figures];
	const words = new Set(message.match(/\b[A-Za-z][A-Za-z0-9]{2,30}\b/g));
	const named = [...words].filter(word => errorNames.has(word) || systemCodes.has(word));
	const frames = message.match(/\b(?:extension|engine|readerThread|mcp)\.cjs:\d{1,7}:\d{1,7}\b/g) ?? [];
	const parts = [...said, ...named, ...frames.slice(0, mostFrames)];
	return parts.length === 0 ? '(other)' : parts.join(' · ');
}
