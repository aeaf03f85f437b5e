/** Marks what is found in the rows on the screen, without touching them: the browser paints ranges of text. */

/** In the row, what is part of the page and not of the conversation. */
const ownWords =
	'button.icon-button, .item-actions, .item-time, .fold-aside, .response-figures, .diff-number, .diff-sign, .unseen, .box-head, .code-head';

/** The text is found across elements: a word may be half bold. */
export function matchesIn(root: Element, text: string, matchCase: boolean): readonly Range[] {
	const wanted = matchCase ? text : text.toLowerCase();
	if (wanted === '') return [];
	const nodes: { readonly node: Text; readonly start: number }[] = [];
	let all = '';
	const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, node =>
		node instanceof Element && node.matches(ownWords) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
	);
	for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
		if (!(node instanceof Text)) {
			// Words of two blocks are not one word.
			if (node instanceof Element && /^(P|DIV|LI|PRE|TR|TD|TH|BUTTON|UL|OL|MARKDOWN-TEXT)$/.test(node.tagName) && !all.endsWith('\n'))
				all += '\n';
			continue;
		}
		nodes.push({ node, start: all.length });
		all += node.data;
	}
	const searched = matchCase ? all : all.toLowerCase();
	// Some letters change their length with their case; positions would be off.
	if (searched.length !== all.length) return [];
	const ranges: Range[] = [];
	for (let at = searched.indexOf(wanted); at !== -1 && ranges.length < 1_000; at = searched.indexOf(wanted, at + wanted.length)) {
		const [from, to] = [placeOf(nodes, at), placeOf(nodes, at + wanted.length - 1)];
		if (from === null || to === null) continue;
		const range = document.createRange();
		range.setStart(from.node, from.offset);
		range.setEnd(to.node, to.offset + 1);
		ranges.push(range);
	}
	return ranges;
}

function placeOf(
	nodes: readonly { readonly node: Text; readonly start: number }[],
	at: number,
): { readonly node: Text; readonly offset: number } | null {
	let [low, high] = [0, nodes.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((nodes[middle]?.start ?? 0) <= at) low = middle + 1;
		else high = middle;
	}
	const found = nodes[low - 1];
	return found === undefined || at - found.start >= found.node.length ? null : { node: found.node, offset: at - found.start };
}

export function paint(all: readonly Range[], here: Range | null): void {
	CSS.highlights.set('found', new Highlight(...all));
	if (here === null) CSS.highlights.delete('found-here');
	else {
		const highlight = new Highlight(here);
		highlight.priority = 1;
		CSS.highlights.set('found-here', highlight);
	}
}

export function unpaint(): void {
	CSS.highlights.delete('found');
	CSS.highlights.delete('found-here');
}
