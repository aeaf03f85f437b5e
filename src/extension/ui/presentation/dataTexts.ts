/** What is stored, exported and imported, in words. */
import type { SecretFinding } from '../../../webview/contract/exports.ts';
import type { StoredKind, TransferKind, TransferPreview } from '../../engine/calls/data.ts';
import { redactSecrets } from '../../privacy/redact.ts';
import { countText } from './figures.ts';
import type { Viewer } from './language.ts';
import { oneLine } from './plainText.ts';

export function storedName(kind: StoredKind, { t }: Pick<Viewer, 't'>): string {
	return {
		index: t('Index'),
		search: t('Search index'),
		ledger: t('What you typed and paid for'),
		backups: t('Backups'),
		damaged: t('Damaged files, kept'),
		temporary: t('Temporary files'),
		other: t('Other files'),
	}[kind];
}

export function storedPurpose(kind: StoredKind, { t }: Pick<Viewer, 't'>): string {
	return {
		index: t('What the transcripts say, without their texts. Built again from them when it is lost.'),
		search: t('Which words stand where. Built again when it is lost; a setting switches it off.'),
		ledger: t('Categories, corrections, tags, notes, names, spending, jobs. It cannot be built again.'),
		backups: t('Copies of what you typed and paid for.'),
		damaged: t('Set aside after an accident; never touched again.'),
		temporary: t('Answers that are waited for, locks, files being written.'),
		other: t('Not known to this version.'),
	}[kind];
}

/** One line for each kind of which something comes in. */
export function transferLines({ rows }: TransferPreview, viewer: Pick<Viewer, 't' | 'locale'>): readonly string[] {
	const { t, locale } = viewer;
	return rows
		.filter(({ added, replaced }) => added + replaced > 0)
		.map(({ kind, added, replaced }) => {
			const name = transferName(kind, viewer);
			if (replaced === 0) return t('{0}: {1}', name, countText(added, locale));
			return t('{0}: {1} new, {2} newer than yours', name, countText(added, locale), countText(replaced, locale));
		});
}

function transferName(kind: TransferKind, { t }: Pick<Viewer, 't'>): string {
	return {
		tags: t('tags'),
		'tagged sessions': t('tags on sessions'),
		pins: t('pinned sessions'),
		notes: t('notes'),
		names: t('names and hidden sessions'),
		corrections: t('corrected categories'),
		'categories by models': t('categories by models'),
		payments: t('payments'),
	}[kind];
}

/** "API key · 3 places". */
export function findingLabel({ kind, places }: SecretFinding, { t, locale }: Pick<Viewer, 't' | 'locale'>): string {
	const name =
		{
			'API key': t('API key'),
			token: t('Token'),
			password: t('Password'),
			'private key': t('Private key'),
			'connection string': t('Connection string'),
		}[kind] ?? kind;
	return places === 1 ? t('{0} · 1 place', name) : t('{0} · {1} places', name, countText(places, locale));
}

/** How it begins where that gives nothing away, and how long it is. */
export function findingDescription({ beginning, length }: SecretFinding, { t }: Pick<Viewer, 't'>): string {
	return t('{0}… ({1} characters)', beginning === '' ? '•••' : `${beginning}•••`, length);
}

/** What stands around it in the first place. */
export function findingDetail({ samples: [sample] }: SecretFinding): string {
	return sample === undefined ? '' : oneLine(`… ${sample.before} ▇▇▇ ${sample.after} …`, 200);
}

/** A name for a file that every system takes. */
export function fileNameOf(title: string, day: string | null): string {
	const plain = title
		.normalize('NFC')
		.replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*#%&{}$!'`@+=~^;,[\]().]+/gu, ' ')
		.trim()
		.replace(/\s+/g, '-')
		.slice(0, 60)
		.replace(/-+$/, '');
	return [day?.slice(0, 10) ?? null, plain === '' ? 'session' : plain].filter(part => part !== null).join('-');
}

/** The same for an export: a name is read where the file is not, in listings, attachments and links. */
export function exportNameOf(title: string, day: string | null, redacts: boolean): string {
	return fileNameOf(redacts ? redactSecrets(title).text : title, day);
}

/** Names for files in one folder: `x (2).md` where `x.md` is there already, or is one of those before, in whatever case. */
export function freeFileNames(names: readonly string[], present: readonly string[]): readonly string[] {
	const taken = new Set(present.map(name => name.toLowerCase()));
	return names.map(name => {
		const dot = name.lastIndexOf('.');
		let free = name;
		for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${name.slice(0, dot)} (${number})${name.slice(dot)}`;
		taken.add(free.toLowerCase());
		return free;
	});
}
