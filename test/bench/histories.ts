/** The histories that are read: generated ones of a wanted size, and the real transcripts when they are at hand. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { formatBytes } from '../support/historyGenerator/byteSize.ts';
import { generateHistory } from '../support/historyGenerator/history.ts';
import { toolCacheDir } from '../support/toolCache.ts';
import { root } from './subjects.ts';

export interface History {
	readonly claudeDir: string;
	readonly label: string;
	/** Bytes of all transcripts. */
	readonly bytes: number;
}

export interface HistoryShape {
	readonly bytes: number;
	readonly sessions?: number;
	readonly seed: string;
}

/** A generated history, kept in the cache until the generator changes. */
export function generatedHistory({ bytes, sessions, seed }: HistoryShape): History {
	const shape = sessions === undefined ? formatBytes(bytes) : `${sessions} sessions`;
	const folder = path.join(cacheDir(), `${shape.replaceAll(' ', '')}-${seed}-${generatorVersion()}`);
	const label = sessions === undefined ? shape : `${sessions.toLocaleString('en')} sessions, ${formatBytes(bytes)}`;
	return whenComplete(folder, label, claudeDir => {
		console.error(`generating ${label} …`);
		generateHistory(claudeDir, { seed, bytes, projects: 20, ...(sessions === undefined ? {} : { sessions }) });
	});
}

/** The real transcripts, copied with ids of their own until they fill `bytes`; null when they are not at hand. */
export function realHistory(bytes: number): History | null {
	const corpus = path.join(root, '..', 'shared', 'corpus');
	if (!existsSync(path.join(corpus, 'INDEX.tsv'))) {
		console.error(`real transcripts are left out: ${corpus} is not there`);
		return null;
	}
	return whenComplete(
		path.join(cacheDir(), `real-${formatBytes(bytes).replaceAll(' ', '')}`),
		`${formatBytes(bytes)}, real transcripts`,
		claudeDir => replicate(corpus, claudeDir, bytes),
	);
}

/** Removes histories that are too large to be left lying about. */
export function dropLargeHistories(): void {
	if (!existsSync(cacheDir())) return;
	for (const name of readdirSync(cacheDir())) {
		const folder = path.join(cacheDir(), name);
		if (transcriptBytes(folder) > 0.9e9) rmSync(folder, { recursive: true, force: true });
	}
}

function cacheDir(): string {
	return path.join(toolCacheDir(), 'bench-histories');
}

function generatorVersion(): string {
	const folder = path.join(root, 'test', 'support', 'historyGenerator');
	const hash = createHash('sha256');
	for (const name of readdirSync(folder).sort()) hash.update(readFileSync(path.join(folder, name)));
	return hash.digest('hex').slice(0, 8);
}

function whenComplete(folder: string, label: string, fill: (claudeDir: string) => void): History {
	if (!existsSync(folder)) {
		const staging = `${folder}.part`;
		rmSync(staging, { recursive: true, force: true });
		fill(staging);
		renameSync(staging, folder);
	}
	return { claudeDir: folder, label, bytes: transcriptBytes(folder) };
}

/** Every session and every record id gets the number of the copy in its last digits, so that no copy is taken for history of another. */
function replicate(corpus: string, claudeDir: string, bytes: number): void {
	const [head = '', ...rows] = readFileSync(path.join(corpus, 'INDEX.tsv'), 'utf8').split('\n');
	const columns = head.split('\t');
	const [pathColumn, homeColumn] = [columns.indexOf('path'), columns.indexOf('home_path')];
	let written = 0;
	for (let copy = 0; written < bytes; copy++) {
		const mark = copy.toString(16).padStart(4, '0');
		const renumbered = (text: string): string =>
			text
				.replaceAll(/\b([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{8})[0-9a-f]{4}\b/g, `$1${mark}`)
				.replaceAll(/\b((?:msg|toolu|req)_[A-Za-z0-9]{12,}?)[A-Za-z0-9]{4}\b/g, `$1${mark}`);
		for (const row of rows) {
			const cells = row.split('\t');
			const [from, home] = [cells[pathColumn], cells[homeColumn]];
			if (from === undefined || home === undefined || home === '' || written >= bytes) continue;
			const target = path.join(claudeDir, renumbered(home));
			mkdirSync(path.dirname(target), { recursive: true });
			// Bytes that are not UTF-8 stay what they are.
			const text = renumbered(readFileSync(path.join(corpus, from), 'latin1'));
			writeFileSync(target, text, 'latin1');
			written += text.length;
		}
	}
}

function transcriptBytes(folder: string): number {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter(name => name.endsWith('.jsonl'))
		.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
}
