/**
 * `node test/bench/compareWithCcusage.ts`: hand-made transcripts, one rule each, read by the report and by `ccusage`.
 * With `--claude-dir DIR`: a real home, as it is and in a spelling that `ccusage` reads completely. Prints the totals side
 * by side; docs/compared-with-ccusage.md explains the differences.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ccusageCases, type CcusageCase } from './ccusageCases.ts';
import { respellHistory } from './ccusageSpelling.ts';
import { ccusageCommand, reportCommand } from './subjects.ts';
import { timedRun } from './timedProcess.ts';

interface Sums {
	readonly input: number;
	readonly output: number;
	readonly cacheWrite: number;
	readonly cacheRead: number;
	readonly dollars: number;
}

async function ofReport(claudeDir: string, scratch: string): Promise<Sums> {
	const { stdout } = await timedRun(reportCommand(claudeDir, path.join(scratch, 'data')));
	const { totals } = JSON.parse(stdout) as {
		totals: {
			tokens: { input: number; output: number; cacheRead: number; cacheWrite5m: number; cacheWrite1h: number };
			costUsd: number | null;
		};
	};
	const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = totals.tokens;
	return { input, output, cacheRead, cacheWrite: cacheWrite5m + cacheWrite1h, dollars: totals.costUsd ?? 0 };
}

async function ofCcusage(claudeDir: string, scratch: string): Promise<Sums> {
	const { stdout } = await timedRun(await ccusageCommand(claudeDir, scratch));
	const { totals } = JSON.parse(stdout) as {
		totals: { inputTokens: number; outputTokens: number; cacheCreationTokens: number; cacheReadTokens: number; totalCost: number } | null;
	};
	if (totals === null) return { input: 0, output: 0, cacheWrite: 0, cacheRead: 0, dollars: 0 };
	return {
		input: totals.inputTokens,
		output: totals.outputTokens,
		cacheWrite: totals.cacheCreationTokens,
		cacheRead: totals.cacheReadTokens,
		dollars: totals.totalCost,
	};
}

async function compared(one: CcusageCase): Promise<{ readonly rule: string; readonly ours: Sums; readonly theirs: Sums }> {
	const scratch = mkdtempSync(path.join(tmpdir(), 'compared-'));
	try {
		const claudeDir = path.join(scratch, 'claude');
		for (const [name, text] of Object.entries(one.files)) {
			const file = path.join(claudeDir, 'projects', name);
			mkdirSync(path.dirname(file), { recursive: true });
			writeFileSync(file, text);
		}
		return { rule: one.rule, ours: await ofReport(claudeDir, scratch), theirs: await ofCcusage(claudeDir, scratch) };
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

function shown({ input, output, cacheWrite, cacheRead, dollars }: Sums): string {
	return `${[input, output, cacheWrite, cacheRead].join(' / ')} / $${dollars.toFixed(6)}`;
}

async function compareCases(): Promise<void> {
	console.log(`| case | report: ${columns} | ccusage |`);
	console.log('| --- | --- | --- |');
	for (const one of ccusageCases) {
		const { rule, ours, theirs } = await compared(one);
		const [a, b] = [shown(ours), shown(theirs)];
		console.log(`| ${rule} | ${a} | ${a === b ? 'the same' : b} |`);
	}
}

async function compareHome(claudeDir: string): Promise<void> {
	const scratch = mkdtempSync(path.join(tmpdir(), 'compared-'));
	try {
		const respelled = path.join(scratch, 'respelled');
		respellHistory(claudeDir, respelled);
		console.log(columns);
		console.log(`report                   ${shown(await ofReport(claudeDir, scratch))}`);
		console.log(`ccusage                  ${shown(await ofCcusage(claudeDir, scratch))}`);
		console.log(`ccusage, spelled for it  ${shown(await ofCcusage(respelled, scratch))}`);
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

const columns = 'input / output / cache writes / cache reads / cost';
const { values } = parseArgs({ options: { 'claude-dir': { type: 'string' } } });
if (values['claude-dir'] === undefined) await compareCases();
else await compareHome(path.resolve(values['claude-dir']));
