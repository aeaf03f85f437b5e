import assert from 'node:assert/strict';
import { refusePath } from '../../../src/extension/claude/places.ts';
import { noticeOf, noticeSentences } from '../../../src/extension/engine/noticeOf.ts';
import { placeNotices } from '../../../src/extension/engine/placeNotices.ts';
import { noticeText, statusInWords } from '../../../src/extension/ui/presentation/noticeText.ts';
import type { NoticeKey } from '../../../src/webview/contract/status.ts';
import { english, statusOf } from './viewers.ts';

describe('What the engine found', () => {
	it('is said in English by the window as the engine has it in the log', () => {
		for (const key of Object.keys(noticeSentences) as NoticeKey[]) {
			const notice = noticeOf('warning', key, ['one', 2, 'three'], null);
			assert.doesNotMatch(notice.text, /\{\d\}/, key);
			assert.equal(noticeText(notice, { t: english }), notice.text, key);
		}
	});

	it('says of directories that are not used what the command line says of them', () => {
		for (const source of ['environment', 'setting'] as const) {
			for (const value of ['', 'src', '/home/../etc', '/home/a\0b']) {
				const refused = refusePath(value, source, 'linux');
				assert.ok(refused !== null);
				const [notice] = placeNotices({ places: [], problems: [], refused: [refused] }, []);
				assert.deepEqual([notice?.text, notice?.says?.key], [refused.message, `${source} refused, ${refused.reason}`]);
			}
		}
	});

	it('is said whole in another language, also what was wrong with a file', () => {
		const t = (sentence: string, ...values: (string | number)[]) => `<${english(sentence, ...values)}>`;
		const said = (problem: string) => noticeText(noticeOf('warning', 'journalDamaged', [problem], null), { t });
		const before = '<Some of the latest changes of the ledger could not be read: ';
		for (const problem of ['it is missing', 'it is a folder', 'it is empty', 'it is not a SQLite file', 'its end is missing'])
			assert.equal(said(problem), `${before}<${problem}>.>`);
		for (const problem of [
			'the journal does not begin as one',
			'changes 3 to 12 are missing',
			'change 7 does not fit: no such table: notes',
		])
			assert.equal(said(problem), `${before}<${problem}>.>`);
		assert.equal(said('database disk image is malformed'), `${before}database disk image is malformed.>`);
	});

	it('reaches a page in the language of the viewer, and as it is where nobody has it in another', () => {
		const t = (sentence: string, ...values: (string | number)[]) => `auf Deutsch: ${english(sentence, ...values)}`;
		const notices = [
			noticeOf('error', 'indexingFailed', ['disk full'], 'showLog'),
			{ kind: 'info', text: 'As it is', action: null } as const,
		];
		assert.deepEqual(
			statusInWords(statusOf({ notices }), { t }).notices.map(({ text }) => text),
			['auf Deutsch: Indexing failed: disk full', 'As it is'],
		);
	});
});
