/**
 * Draws the marks of a chart as SVG nodes of their own. They are up to a thousand small things that are all alike, of which
 * templates make a page wait; here what differs from what stands there is set and nothing else.
 */
import { noChange } from 'lit';
import { Directive, type ElementPart, type PartInfo, PartType, directive } from 'lit/directive.js';

export type Attributes = Readonly<Record<string, string | number>>;

export interface Shape {
	readonly tag: 'rect' | 'path';
	readonly attributes: Attributes;
}

/** Hundredths of a pixel are more than one sees, and short numbers are read faster. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;

export function rect(kind: string, x: number, y: number, width: number, height: number, radius = 0): Shape {
	const place = { class: kind, x: rounded(x), y: rounded(y), width: rounded(width), height: rounded(height) };
	return { tag: 'rect', attributes: radius === 0 ? place : { ...place, rx: radius } };
}

/** A group with shapes in it, or one shape; all of a chart are one or the other. */
export interface DrawnMark {
	readonly tag: 'g' | Shape['tag'];
	readonly attributes: Attributes;
	readonly shapes: readonly Shape[];
}

interface Drawn {
	readonly node: SVGElement;
	readonly tag: string;
	attributes: Attributes;
}

interface DrawnGroup extends Drawn {
	readonly shapes: Drawn[];
}

/** For the SVG element that shall hold the marks, each a group, and nothing else. */
class DrawnMarks extends Directive {
	#element: Element | null = null;
	readonly #drawn: DrawnGroup[] = [];

	constructor(part: PartInfo) {
		super(part);
		if (part.type !== PartType.ELEMENT) throw new Error('Marks are drawn into an element');
	}

	override update({ element }: ElementPart, [marks]: [readonly DrawnMark[]]): unknown {
		this.#element = element;
		return this.render(marks);
	}

	override render(marks: readonly DrawnMark[]): unknown {
		if (this.#element === null) return noChange;
		for (const [place, { tag, attributes, shapes }] of marks.entries()) {
			const group = (this.#drawn[place] ??= { ...created(this.#element, tag), shapes: [] });
			change(group, attributes);
			for (const [at, shape] of shapes.entries()) {
				if (group.shapes[at] !== undefined && group.shapes[at].tag !== shape.tag) cut(group.shapes, at);
				change((group.shapes[at] ??= created(group.node, shape.tag)), shape.attributes);
			}
			cut(group.shapes, shapes.length);
		}
		cut(this.#drawn, marks.length);
		return noChange;
	}
}

export const drawnMarks = directive(DrawnMarks);

function created(parent: Element, tag: string): Drawn {
	const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
	parent.append(node);
	return { node, tag, attributes: {} };
}

function change(drawn: Drawn, attributes: Attributes): void {
	const { node, attributes: before } = drawn;
	for (const name in attributes) if (attributes[name] !== before[name]) node.setAttribute(name, String(attributes[name]));
	for (const name in before) if (!(name in attributes)) node.removeAttribute(name);
	drawn.attributes = attributes;
}

/** Takes away those from `from` on. */
function cut(drawn: Drawn[], from: number): void {
	for (const { node } of drawn.splice(from)) node.remove();
}
