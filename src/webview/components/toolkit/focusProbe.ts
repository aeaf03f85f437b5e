/**
 * The toolkit finds out whether the browser knows `:focus-visible` by putting an empty style element into the document.
 * The page's policy forbids that: the console shows a violation, and the toolkit concludes wrongly and draws focus rings
 * for the mouse too. Imported before the toolkit, this answers the probe with a sheet that the policy allows.
 */
const { head } = document;

head.appendChild = <T extends Node>(node: T): T => {
	if (!isProbe(node)) return Node.prototype.appendChild.call(head, node) as T;
	Object.defineProperty(node, 'sheet', { value: new CSSStyleSheet() });
	return node;
};
head.removeChild = <T extends Node>(node: T): T => (isProbe(node) ? node : (Node.prototype.removeChild.call(head, node) as T));

function isProbe(node: Node): boolean {
	return node instanceof HTMLStyleElement && node.textContent === '';
}

/** To be called once the toolkit is there. */
export function endFocusProbe(): void {
	Reflect.deleteProperty(head, 'appendChild');
	Reflect.deleteProperty(head, 'removeChild');
}
