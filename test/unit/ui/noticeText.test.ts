import assert from 'node:assert/strict';
import { noticeOf, noticeSentences } from '../../../src/extension/engine/noticeOf.ts';
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
