/** Pictures are shown only when they begin as one: what a record calls `image/png` may be anything. */

/** The first characters in base64, by what they are. No SVG: that is a document, and may do things. */
const beginnings: Readonly<Record<string, RegExp>> = {
	'image/png': /^iVBORw0KGgo/,
	'image/jpeg': /^\/9j\//,
	'image/gif': /^R0lGOD[dl]/,
	'image/webp': /^UklGR.{8}BXRUJQ/,
};

/** As a `data:` address; null for what is no picture. */
export function imageData(base64: string): string | null {
	const type = Object.keys(beginnings).find(name => beginnings[name]?.test(base64.slice(0, 40)));
	if (type === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
	return `data:${type};base64,${base64}`;
}
