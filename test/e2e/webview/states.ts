/** How the index may stand. */
import type { IndexStatus } from '../../../src/webview/contract/status.ts';

/** Up to date, a moment before the pages' now. */
export function statusOf(change: Pick<IndexStatus, 'sessions'> & Partial<IndexStatus>): IndexStatus {
	return {
		state: 'ready',
		filesDone: 0,
		filesTotal: 0,
		bytesDone: 0,
		bytesTotal: 0,
		lastIndexedAt: '2026-11-21T14:59:21.180Z',
		notices: [],
		...change,
	};
}

export const indexing = statusOf({
	state: 'indexing',
	filesDone: 340,
	filesTotal: 1_200,
	bytesDone: 1_210_000_000,
	bytesTotal: 3_400_000_000,
	sessions: 0,
	lastIndexedAt: null,
});
