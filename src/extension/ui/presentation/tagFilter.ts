/** A filter by a tag, which goes along when the tag gets another name. Pure but for the filter it is given. */

export interface TagFiltered {
	readonly filter: { readonly tag: string | null };
	setFilter(change: { readonly tag: string | null }): unknown;
}

/**
 * A filter by a tag that has another name now, or is gone, would find nothing. Answers what is to be done when the name is taken
 * back: the filter goes back with it, unless it never was by this tag, or a person filters by something else since.
 */
export function followTag(scope: TagFiltered, from: string, to: string | null): () => void {
	if (!isTag(scope.filter.tag, from)) return () => undefined;
	scope.setFilter({ tag: to });
	return () => {
		if (to !== null && isTag(scope.filter.tag, to)) scope.setFilter({ tag: from });
	};
}

/** As the ledger compares names. */
const isTag = (tag: string | null, name: string): boolean => tag?.toLowerCase() === name.toLowerCase();
