/** Real transcripts, kept beside the repository and never in it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../../../../shared/corpus');

export interface CorpusFile {
	readonly path: string;
	readonly isSynthetic: boolean;
	readonly bytes: () => Buffer;
}

/** Null where the corpus is missing; the caller says so and skips. */
export function corpusFiles(): readonly CorpusFile[] | null {
	if (!existsSync(join(ROOT, 'INDEX.tsv'))) return null;
	const [head = '', ...rows] = readFileSync(join(ROOT, 'INDEX.tsv'), 'utf8').split('\n');
	const columns = head.split('\t');
	const at = (name: string): number => columns.indexOf(name);
	return rows
		.map(row => row.split('\t'))
		.filter(row => row[at('class')] === 'transcript')
		.map(row => ({
			path: row[at('path')] ?? '',
			isSynthetic: row[at('real_or_synthetic')] !== 'real',
			bytes: () => readFileSync(join(ROOT, row[at('path')] ?? '')),
		}));
}

/** Each a byte prefix of the next. */
export function growthSeries(): readonly (readonly Buffer[])[] {
	const growth = join(ROOT, '_growth');
	if (!existsSync(growth)) return [];
	const folders = readdirSync(growth).flatMap(repository =>
		readdirSync(join(growth, repository)).map(session => join(growth, repository, session)),
	);
	return folders.map(folder =>
		readdirSync(folder)
			.sort()
			.map(file => readFileSync(join(folder, file))),
	);
}

export const MISSING = 'skipped: no folder ../shared/corpus with real transcripts beside the repository';
