import assert from 'node:assert/strict';
import { figuresText } from '../../../src/extension/exporting/figures.ts';

const plain = (text: string): string => text;
const document = {
	schema: 1,
	since: null,
	overview: {
		totals: { sessions: { now: 84, before: 73 } },
		days: [
			{ day: '2026-11-20', costUsd: 1.5 },
			{ day: '2026-11-21', costUsd: 0 },
		],
	},
	tools: { errorKinds: [{ error: 'notFound', tools: [{ tool: 'Read', errors: 3 }] }] },
};

describe('Figures in a file', () => {
	it('are lines of a table under the names of the document, lists row by row', () => {
		assert.deepEqual(figuresText(document, { format: 'csv', byteOrderMark: false, clean: plain }).split('\r\n'), [
			'figure,row,field,value',
			'schema,,,1',
			'since,,,',
			'overview.totals.sessions.now,,,84',
			'overview.totals.sessions.before,,,73',
			'overview.days,1,day,2026-11-20',
			'overview.days,1,costUsd,1.5',
			'overview.days,2,day,2026-11-21',
			'overview.days,2,costUsd,0',
			'tools.errorKinds,1,error,notFound',
			'tools.errorKinds,1,tools.1.tool,Read',
			'tools.errorKinds,1,tools.1.errors,3',
			'',
		]);
	});

	it('are the document itself as JSON', () => {
		assert.deepEqual(JSON.parse(figuresText(document, { format: 'json', byteOrderMark: true, clean: plain })), document);
	});

	it('are no formulas, and hold no secret, in either form', () => {
		const title = '=HYPERLINK("http://x","key sk-1234")';
		const clean = (text: string): string => text.replace('sk-1234', '[redacted]');
		const table = figuresText({ longest: [{ title }], [title]: 1 }, { format: 'csv', byteOrderMark: true, clean });
		assert.ok(table.startsWith('\ufefffigure,row,field,value'));
		assert.match(table, /longest,1,title,"'=HYPERLINK\(""http:\/\/x"",""key \[redacted\]""\)"/);
		assert.doesNotMatch(table, /sk-1234|^=|,=/m);
		assert.doesNotMatch(figuresText({ longest: [{ title }] }, { format: 'json', byteOrderMark: false, clean }), /sk-1234/);
	});
});
