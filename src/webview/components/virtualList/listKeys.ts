/**
 * What a key means on a row. In a feed the arrows alone scroll what is read, as they do in any document; with Control or
 * Command they go from row to row. In a listbox nothing is read at length, and the arrows go from row to row.
 */
export type ListMove = 'first' | 'last' | 'next' | 'previous' | 'page down' | 'page up' | 'pick';

/** Null for a key that is none of the list's. */
export function moveOf(
	{ key, altKey, shiftKey, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>,
	kind: 'feed' | 'listbox',
): ListMove | null {
	if (altKey || shiftKey) return null;
	const withCommand = ctrlKey || metaKey;
	const isListbox = kind === 'listbox';
	switch (key) {
		case 'Home':
			return 'first';
		case 'End':
			return 'last';
		case 'Enter':
		case ' ':
			return isListbox ? 'pick' : null;
		case 'ArrowDown':
			return isListbox || withCommand ? 'next' : null;
		case 'ArrowUp':
			return isListbox || withCommand ? 'previous' : null;
		case 'PageDown':
			return withCommand ? null : 'page down';
		case 'PageUp':
			return withCommand ? null : 'page up';
		default:
			return null;
	}
}
