/** How much room the words of an axis take, so that none is cut: fonts and languages differ too much to be guessed. */

/** As the styles of the charts have it. */
const size = 11;
let context: CanvasRenderingContext2D | null | undefined;

/** Of the longest of them in the page's font, in whole pixels. */
export function labelWidth(labels: readonly string[]): number {
	context ??= document.createElement('canvas').getContext('2d');
	const longest = (widthOf: (label: string) => number) => Math.ceil(Math.max(0, ...labels.map(widthOf)));
	const drawn = context;
	if (drawn === null) return longest(label => label.length * size);
	// Where VS Code writes it: the computed style would have the whole page laid out for each chart.
	drawn.font = `${size}px ${document.documentElement.style.getPropertyValue('--vscode-font-family') || 'sans-serif'}`;
	return longest(label => drawn.measureText(label).width);
}
