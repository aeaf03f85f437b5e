/**
 * `npm run bench -- [--only NAME[,NAME]] [--sizes 100MB,1GB,2GB] [--searched 1GB] [--sessions 10000] [--rounds N] [--json FILE]
 *                   [--document FILE] [--keep]`
 *
 * Measures the product against the budgets of its design and prints a table; the figures also go into a JSON file, and
 * into a document between its two marks. It asserts nothing: a slow machine is no defect. Names: package, activation,
 * cold, real, incremental, queries, loop, conversation, search. `--keep` leaves histories of more than 900 MB in the cache.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseBytes } from '../support/historyGenerator/byteSize.ts';
import { measureColdIndex } from './coldIndex.ts';
import { measureConversation } from './conversations.ts';
import { measureHostLoop, measureQueries } from './engineInHost.ts';
import { dropLargeHistories, generatedHistory, realHistory, type History } from './histories.ts';
import { measureIncremental } from './incremental.ts';
import { table, withFigures, type Measurement } from './measurement.ts';
import { measureSearching } from './searching.ts';
import { measureActivation, measurePackage, shippedWorker } from './shipped.ts';

const names = ['package', 'activation', 'cold', 'real', 'incremental', 'queries', 'loop', 'conversation', 'search'] as const;
type Name = (typeof names)[number];

const { values } = parseArgs({
	options: {
		only: { type: 'string' },
		sizes: { type: 'string', default: '100MB,1GB,2GB' },
		searched: { type: 'string', default: '1GB' },
		sessions: { type: 'string', default: '10000' },
		rounds: { type: 'string', default: '5' },
		seed: { type: 'string', default: '1' },
		json: { type: 'string', default: 'artifacts/bench.json' },
		document: { type: 'string' },
		keep: { type: 'boolean', default: false },
	},
});
const rounds = Number(values.rounds);
const only = values.only?.split(',') ?? names;
const unknown = only.filter(name => !(names as readonly string[]).includes(name));
if (unknown.length > 0) {
	console.error(`no benchmark is called ${unknown.join(', ')}; there are ${names.join(', ')}`);
	process.exit(2);
}

const scratch = mkdtempSync(path.join(tmpdir(), 'bench-'));
const manyIndex = path.join(scratch, 'many');
const loadBefore = loadavg()[0] ?? 0;
const found: Measurement[] = [];
const failed: string[] = [];

const many = (): History => generatedHistory({ bytes: 2e9, sessions: Number(values.sessions), seed: values.seed });
const sized = (size: string): History => generatedHistory({ bytes: parseBytes(size), seed: values.seed });
const sizes = values.sizes.split(',');

const benchmarks: Readonly<Record<Name, () => Promise<Measurement[]>>> = {
	package: measurePackage,
	activation: () => measureActivation(scratch, 2 * rounds + 1),
	cold: async () => {
		const all: Measurement[] = [];
		for (const size of sizes) all.push(...(await measureColdIndex(sized(size), scratch, rounds)));
		return all;
	},
	real: async () => {
		const history = realHistory(parseBytes('300MB'));
		return history === null ? [] : measureColdIndex(history, scratch, rounds);
	},
	incremental: () => measureIncremental(many(), manyIndex, 2 * rounds + 1),
	queries: async () => measureQueries(many(), manyIndex, await shippedWorker(), 4 * rounds),
	loop: async () => measureHostLoop(sized('1GB'), scratch, await shippedWorker(), Math.ceil(rounds / 2)),
	conversation: async () => measureConversation(generatedHistory({ bytes: 6e8, sessions: 1, seed: values.seed }), scratch, rounds),
	// Generated transcripts have few words; real ones show what a search index is like.
	search: async () =>
		measureSearching(realHistory(parseBytes(values.searched)) ?? sized(values.searched), path.join(scratch, 'search'), 10 * rounds),
};

try {
	for (const name of names) {
		if (!only.includes(name)) continue;
		console.error(`${name} …`);
		try {
			const measurements = await benchmarks[name]();
			found.push(...measurements);
			console.error(table(measurements));
		} catch (error) {
			failed.push(name);
			console.error(`${name} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
} finally {
	rmSync(scratch, { recursive: true, force: true });
	if (!values.keep) dropLargeHistories();
}
const machine = {
	processors: availableParallelism(),
	memoryGB: Math.round(totalmem() / 2 ** 30),
	platform: process.platform,
	node: process.version,
	loadBefore,
};
const at = new Date().toISOString();
console.log(table(found));
mkdirSync(path.dirname(path.resolve(values.json)), { recursive: true });
writeFileSync(values.json, `${JSON.stringify({ schema: 1, at, machine, failed, measurements: found }, null, '\t')}\n`);
if (values.document !== undefined) {
	const { processors, memoryGB, platform, node } = machine;
	const heading = `${at.slice(0, 10)}, ${processors} processors, ${memoryGB} GB, ${platform}, Node ${node}, ${rounds} rounds; load of the machine before: ${loadBefore.toFixed(1)}.`;
	writeFileSync(values.document, withFigures(readFileSync(values.document, 'utf8'), `${heading}\n\n${table(found)}`));
}
process.exitCode = failed.length > 0 ? 1 : 0;
