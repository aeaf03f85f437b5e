/** Notices as the engine and its client tell them: by key, with the English of it. Pure. */
import type { Notice, NoticeKey } from '../../webview/contract/status.ts';

/** The window has the same sentences in its language (`ui/presentation/noticeText.ts`; a test compares). */
export const noticeSentences: Readonly<Record<NoticeKey, string>> = {
	allDeleted: 'All data was deleted. Nothing is read or kept before you refresh, or reload the window.',
	deletedElsewhere:
		'All data was deleted in another window, or is just being deleted. Nothing is read or kept before you refresh, or reload the window.',
	engineStopped: 'The indexer stopped unexpectedly; it is being started again.',
	engineGaveUp: 'The indexer stopped {0} times in a row and is not started again.',
	indexingFailed: 'Indexing failed: {0}',
	watchLimited: 'Changes are noticed only every {0} s: the system refused to watch more folders ({1}).',
	fileUnreadable: 'Cannot be read ({0}): {1}',
	filesUnreadable: 'Cannot be read ({0}): {1} and {2} more',
	'environment missing': 'The directory in CLAUDE_CONFIG_DIR does not exist: {0}',
	'environment not a directory': 'The directory in CLAUDE_CONFIG_DIR is not a directory: {0}',
	'environment unreadable': 'The directory in CLAUDE_CONFIG_DIR cannot be read ({1}): {0}',
	'default missing': 'The default directory does not exist: {0}',
	'default not a directory': 'The default directory is not a directory: {0}',
	'default unreadable': 'The default directory cannot be read ({1}): {0}',
	'setting missing': 'The directory in the settings does not exist: {0}',
	'setting not a directory': 'The directory in the settings is not a directory: {0}',
	'setting unreadable': 'The directory in the settings cannot be read ({1}): {0}',
	'environment refused, empty': 'The directory in CLAUDE_CONFIG_DIR {0} is not used: it is empty.',
	'environment refused, relative': 'The directory in CLAUDE_CONFIG_DIR {0} is not used: it must be an absolute path.',
	'environment refused, parent segment': 'The directory in CLAUDE_CONFIG_DIR {0} is not used: a path with ".." in it is not followed.',
	'environment refused, NUL character': 'The directory in CLAUDE_CONFIG_DIR {0} is not used: it contains a NUL character.',
	'setting refused, empty': 'The directory in the settings {0} is not used: it is empty.',
	'setting refused, relative': 'The directory in the settings {0} is not used: it must be an absolute path.',
	'setting refused, parent segment': 'The directory in the settings {0} is not used: a path with ".." in it is not followed.',
	'setting refused, NUL character': 'The directory in the settings {0} is not used: it contains a NUL character.',
	readOnly: '{0} cannot be written. What changes from now on is not kept.',
	newerVersion:
		'{0} was written by a newer version of the extension (schema {1}). It was left as it is; reload the window to run that version.',
	'recovered from previous': '{0} was damaged: {1}. The last good copy took its place.',
	'recovered from previous, kept': '{0} was damaged: {1}. It was kept as {2}. The last good copy took its place.',
	'recovered from nothing': '{0} was damaged: {1}. There was no good copy; it starts empty.',
	'recovered from nothing, kept': '{0} was damaged: {1}. It was kept as {2}. There was no good copy; it starts empty.',
	journalReplayed: 'Every change since was restored from the journal.',
	journalDamaged: 'Some of the latest changes of the ledger could not be read: {0}.',
	journalDamagedKept: 'Some of the latest changes of the ledger could not be read: {0}. The journal was kept as {1}.',
};

export function noticeOf(kind: Notice['kind'], key: NoticeKey, values: readonly (string | number)[], action: Notice['action']): Notice {
	const text = noticeSentences[key].replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ''));
	return { kind, text, says: { key, values }, action };
}
