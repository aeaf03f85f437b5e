/** What the engine found, in the language of the viewer: it tells a key with values, and the English of it. */
import type { IndexStatus, Notice, NoticeKey } from '../../../webview/contract/status.ts';
import type { Translate, Viewer } from './language.ts';

type Values = readonly (string | number)[];

const sentences: Readonly<Record<NoticeKey, (t: Translate, values: Values) => string>> = {
	allDeleted: t => t('All data was deleted. Nothing is read or kept before you refresh, or reload the window.'),
	deletedElsewhere: t =>
		t(
			'All data was deleted in another window, or is just being deleted. Nothing is read or kept before you refresh, or reload the window.',
		),
	engineStopped: t => t('The indexer stopped unexpectedly; it is being started again.'),
	engineGaveUp: (t, values) => t('The indexer stopped {0} times in a row and is not started again.', ...values),
	indexingFailed: (t, values) => t('Indexing failed: {0}', ...values),
	watchLimited: (t, values) => t('Changes are noticed only every {0} s: the system refused to watch more folders ({1}).', ...values),
	fileUnreadable: (t, values) => t('Cannot be read ({0}): {1}', ...values),
	filesUnreadable: (t, values) => t('Cannot be read ({0}): {1} and {2} more', ...values),
	'environment missing': (t, values) => t('The directory in CLAUDE_CONFIG_DIR does not exist: {0}', ...values),
	'environment not a directory': (t, values) => t('The directory in CLAUDE_CONFIG_DIR is not a directory: {0}', ...values),
	'environment unreadable': (t, values) => t('The directory in CLAUDE_CONFIG_DIR cannot be read ({1}): {0}', ...values),
	'default missing': (t, values) => t('The default directory does not exist: {0}', ...values),
	'default not a directory': (t, values) => t('The default directory is not a directory: {0}', ...values),
	'default unreadable': (t, values) => t('The default directory cannot be read ({1}): {0}', ...values),
	'setting missing': (t, values) => t('The directory in the settings does not exist: {0}', ...values),
	'setting not a directory': (t, values) => t('The directory in the settings is not a directory: {0}', ...values),
	'setting unreadable': (t, values) => t('The directory in the settings cannot be read ({1}): {0}', ...values),
	'environment refused, empty': (t, values) => t('The directory in CLAUDE_CONFIG_DIR {0} is not used: it is empty.', ...values),
	'environment refused, relative': (t, values) =>
		t('The directory in CLAUDE_CONFIG_DIR {0} is not used: it must be an absolute path.', ...values),
	'environment refused, parent segment': (t, values) =>
		t('The directory in CLAUDE_CONFIG_DIR {0} is not used: a path with ".." in it is not followed.', ...values),
	'environment refused, NUL character': (t, values) =>
		t('The directory in CLAUDE_CONFIG_DIR {0} is not used: it contains a NUL character.', ...values),
	'setting refused, empty': (t, values) => t('The directory in the settings {0} is not used: it is empty.', ...values),
	'setting refused, relative': (t, values) => t('The directory in the settings {0} is not used: it must be an absolute path.', ...values),
	'setting refused, parent segment': (t, values) =>
		t('The directory in the settings {0} is not used: a path with ".." in it is not followed.', ...values),
	'setting refused, NUL character': (t, values) =>
		t('The directory in the settings {0} is not used: it contains a NUL character.', ...values),
	readOnly: (t, values) => t('{0} cannot be written. What changes from now on is not kept.', ...values),
	newerVersion: (t, values) =>
		t(
			'{0} was written by a newer version of the extension (schema {1}). It was left as it is; reload the window to run that version.',
			...values,
		),
	'recovered from previous': (t, values) => t('{0} was damaged: {1}. The last good copy took its place.', ...values),
	'recovered from previous, kept': (t, values) =>
		t('{0} was damaged: {1}. It was kept as {2}. The last good copy took its place.', ...values),
	'recovered from nothing': (t, values) => t('{0} was damaged: {1}. There was no good copy; it starts empty.', ...values),
	'recovered from nothing, kept': (t, values) =>
		t('{0} was damaged: {1}. It was kept as {2}. There was no good copy; it starts empty.', ...values),
	journalReplayed: t => t('Every change since was restored from the journal.'),
	journalDamaged: (t, values) => t('Some of the latest changes of the ledger could not be read: {0}.', ...values),
	journalDamagedKept: (t, values) =>
		t('Some of the latest changes of the ledger could not be read: {0}. The journal was kept as {1}.', ...values),
};

/** What was wrong with a file, as the store says it (`store/fileImage.ts`, `databaseFile.ts`, `ledger/ledgerImage.ts`); what SQLite says stays as it is. */
const problems: readonly (readonly [RegExp, (t: Translate, ...values: string[]) => string])[] = [
	[/^it is missing$/, t => t('it is missing')],
	[/^it is a folder$/, t => t('it is a folder')],
	[/^it is empty$/, t => t('it is empty')],
	[/^it is not a SQLite file$/, t => t('it is not a SQLite file')],
	[/^its end is missing$/, t => t('its end is missing')],
	[/^the journal does not begin as one$/, t => t('the journal does not begin as one')],
	[/^changes (\d+) to (\d+) are missing$/, (t, from, to) => t('changes {0} to {1} are missing', from, to)],
	[/^change (\d+) does not fit: (.*)$/s, (t, change, why) => t('change {0} does not fit: {1}', change, why)],
];

function problemText(problem: string, t: Translate): string {
	for (const [sign, say] of problems) {
		const found = sign.exec(problem);
		if (found !== null) return say(t, ...found.slice(1));
	}
	return problem;
}

const namesProblem = (key: NoticeKey): boolean => key.startsWith('recovered') || key.startsWith('journalDamaged');

export function noticeText({ text, says }: Pick<Notice, 'text' | 'says'>, { t }: Pick<Viewer, 't'>): string {
	if (says === undefined) return text;
	const { key, values } = says;
	return sentences[key](t, namesProblem(key) ? values.map(value => (typeof value === 'string' ? problemText(value, t) : value)) : values);
}

/** As a page shows it. */
export function statusInWords(status: IndexStatus, viewer: Pick<Viewer, 't'>): IndexStatus {
	return { ...status, notices: status.notices.map(notice => ({ ...notice, text: noticeText(notice, viewer) })) };
}
