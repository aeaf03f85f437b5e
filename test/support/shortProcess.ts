/** How the tests start a command that runs from a bundle and is over within a second or two. */

/** SQLite's WebAssembly is compiled in the quick way only: better code would be ready when the process ends, for a third of its time. */
export const shortProcessFlags: readonly string[] = ['--liftoff-only'];

/** To be added to a clean environment. */
export function shortProcessEnvironment(): Record<string, string> {
	const compiled = process.env['NODE_COMPILE_CACHE'];
	// Node would hand the folder of the coverage on. Of a bundle it tells nothing about the sources.
	return { NODE_V8_COVERAGE: '', ...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled }) };
}
