/**
 * `npm run accuracy -- --corpus DIR [--half open|reserved]`
 *
 * How often the rules choose what two readers chose (test/classification/labels.json), at each level. The corpus is laid out
 * as a Claude config directory; the transcripts are not part of this repository. The reserved half is for a measurement of
 * rules that are finished: whoever looks at it while writing rules makes it worthless.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { categoryOf } from '../../src/extension/classification/taxonomy.ts';
import { runReport } from '../../src/extension/engine/report.ts';

interface Label {
	readonly session: string;
	readonly half: 'open' | 'reserved';
	readonly label: string;
	readonly readers: readonly [string, string];
	readonly clear: boolean;
}

const { values } = parseArgs({ options: { corpus: { type: 'string' }, half: { type: 'string', default: 'open' } } });
if (values.corpus === undefined) throw new Error('--corpus names a Claude config directory with the labelled sessions');
const labels = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'classification', 'labels.json'), 'utf8')) as Label[];
const chosen = labels.filter(label => label.half === values.half);
const { answer: report } = await runReport({ claudeDirs: [values.corpus], workspace: null, dataDir: null, readerThread: null });
const found = new Map(report.sessions.map(session => [session.id, session]));

const missing = chosen.filter(label => !found.has(label.session)).length;
const present = chosen.filter(label => found.has(label.session));
const levels = ['l1', 'l2', 'l3'] as const;

function row(name: string, set: readonly Label[]): void {
	const shares = levels.map(level => {
		const right = set.filter(label => categoryOf(label.label)?.[level] === found.get(label.session)?.category?.[level]).length;
		return `${level} ${right}/${set.length} ${((100 * right) / Math.max(1, set.length)).toFixed(1)} %`;
	});
	console.log(`${name.padEnd(22)} ${shares.join('   ')}`);
}

console.log(`${values.half} half: ${chosen.length} labels, ${missing} of them not in the corpus`);
row('all', present);
row(
	'clear to both readers',
	present.filter(label => label.clear),
);
row(
	'not clear',
	present.filter(label => !label.clear),
);
const confident = (least: number, most: number) => (label: Label) => {
	const confidence = found.get(label.session)?.category?.confidence ?? 0;
	return confidence >= least && confidence < most;
};
row('confidence >= 0.6', present.filter(confident(0.6, 2)));
row('confidence 0.45-0.6', present.filter(confident(0.45, 0.6)));
row('confidence < 0.45', present.filter(confident(0, 0.45)));
const confusions = Map.groupBy(
	present.filter(label => categoryOf(label.label)?.l2 !== found.get(label.session)?.category?.l2),
	label => `${categoryOf(label.label)?.l2 ?? '?'} taken for ${found.get(label.session)?.category?.l2 ?? '?'}`,
);
for (const [name, list] of [...confusions].sort((a, b) => b[1].length - a[1].length)) console.log(`  ${name}: ${list.length}`);
