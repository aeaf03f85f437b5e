import { visibleString } from '../components/content/visibleText.ts';
import { clipped } from '../format.ts';

/** A stranger's words in one line: for labels, titles and summaries. */
export function line(source: string): string {
	return visibleString(clipped(source.replace(/\s+/g, ' ').trim()));
}

/** As short as it is clear: from the session's folder. */
export function pathText(path: string, folder: string | null): string {
	const below =
		folder !== null && path.startsWith(folder) && /^[\\/]/.test(path.slice(folder.length)) ? path.slice(folder.length + 1) : path;
	return line(below);
}
