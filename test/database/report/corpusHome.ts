/** The real transcripts beside the repository, when they are there, laid out as a Claude directory. */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const corpus = path.join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'corpus');

/** Why tests of real transcripts cannot run here; null when they can. */
export const corpusAbsence = existsSync(path.join(corpus, 'INDEX.tsv')) ? null : `there are no real transcripts at ${corpus}`;

/** Fills `claudeDir`; gives the number of files. */
export function layOutCorpus(claudeDir: string): number {
	const [head = '', ...lines] = readFileSync(path.join(corpus, 'INDEX.tsv'), 'utf8').split('\n');
	const columns = head.split('\t');
	const [from, to] = [columns.indexOf('path'), columns.indexOf('home_path')];
	// A later line of the same home path wins, as when files are copied one after the other.
	const homes = new Map<string, string>();
	for (const line of lines) {
		const cells = line.split('\t');
		const [source, home] = [cells[from], cells[to]];
		if (source && home) homes.set(home, source);
	}
	for (const [home, source] of homes) {
		const target = path.join(claudeDir, home);
		mkdirSync(path.dirname(target), { recursive: true });
		copyFileSync(path.join(corpus, source), target);
	}
	return homes.size;
}
