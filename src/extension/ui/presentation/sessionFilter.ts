/** Which sessions the tree lists, as a choice of a person: what narrows it, and how that is said in words. */
import { type Facet, facets, type ListedStatus, type SessionFilter } from '../../engine/calls/listing.ts';
import type { SessionMode } from '../../../webview/contract/sessions.ts';
import { categoryLabel } from './categoryNames.ts';
import type { Viewer } from './language.ts';
import { oneLine } from './plainText.ts';

export function facetName(facet: Facet, { t }: Pick<Viewer, 't'>): string {
	return {
		category: t('Category'),
		branch: t('Branch'),
		project: t('Project'),
		model: t('Model'),
		status: t('Status'),
		tag: t('Tag'),
		mode: t('Kind'),
	}[facet];
}

export function listedStatusText(status: ListedStatus, { t }: Pick<Viewer, 't'>): string {
	return {
		waiting_for_input: t('Needs input'),
		processing: t('Working'),
		error: t('Ended with an error'),
		not_started: t('Not started'),
		completed: t('Completed'),
		gone: t('No transcript on disk'),
	}[status];
}

function modeName(mode: SessionMode, { t }: Pick<Viewer, 't'>): string {
	return { interactive: t('Interactive'), background: t('Background'), forked: t('Forked') }[mode];
}

/** The last name in a path, of whatever system. */
export function folderName(path: string): string {
	return path.split(/[/\\]/).findLast(part => part !== '') ?? path;
}

/** What a group or a filter of that kind is called; `value` empty: sessions without any. */
export function facetValueText(facet: Facet, value: string, { t }: Pick<Viewer, 't'>, name: string | null = null): string {
	if (value === '')
		return {
			category: t('Not classified yet'),
			branch: t('No branch'),
			project: t('No project'),
			model: t('No model'),
			status: '',
			tag: t('Not tagged'),
			mode: '',
		}[facet];
	switch (facet) {
		case 'category':
			return categoryLabel(value, { t });
		case 'status':
			return listedStatusText(value as ListedStatus, { t });
		case 'mode':
			return modeName(value as SessionMode, { t });
		case 'project':
			return oneLine(name ?? folderName(value), 60);
		default:
			return oneLine(value, 60);
	}
}

/** One part for each thing that limits the list, or widens it to what is hidden. */
export function filterParts(filter: SessionFilter, viewer: Pick<Viewer, 't'>): readonly string[] {
	const { t } = viewer;
	return [
		...(filter.words === '' ? [] : [t('Contains: {0}', oneLine(filter.words, 40))]),
		...facets.flatMap(facet => {
			const value = filter[facet];
			return value === null ? [] : [t('{0}: {1}', facetName(facet, viewer), facetValueText(facet, value, viewer))];
		}),
		...(filter.onlyPinned ? [t('Only pinned')] : []),
		...(filter.showsHidden ? [t('With hidden sessions')] : []),
	];
}
