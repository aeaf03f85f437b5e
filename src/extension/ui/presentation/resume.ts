/** Whether a session can be taken up again with `claude --resume`, and what stands in the way. */
import type { SessionRow } from '../../../webview/contract/sessions.ts';

/** `working`: another process writes the transcript now; two writers would spoil it, so a person has to agree. */
export type ResumeObstacle = 'untrusted' | 'no-transcript' | 'no-folder' | 'strange-id' | 'working';

/** Passed as an argument to a program; a file name may hold anything, an id of Claude Code never begins with a dash. */
const plainId = /^[0-9A-Za-z][0-9A-Za-z_-]{0,127}$/;

export function resumeObstacle(row: SessionRow, isTrusted: boolean): ResumeObstacle | null {
	if (!isTrusted) return 'untrusted';
	if (row.gone || row.stub || row.file === null) return 'no-transcript';
	if (row.cwd === null) return 'no-folder';
	if (!plainId.test(row.id)) return 'strange-id';
	return row.status === 'processing' ? 'working' : null;
}
