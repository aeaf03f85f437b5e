/** Paths of files as people say them: within their project, which is named where there are several. Pure. */
import type { InsightsHead } from '../contract/insights.ts';

export interface ProjectPath {
	/** What people call the project; null where it goes without saying, or where the path is in none. */
	readonly project: string | null;
	/** From the folder of the project on; the whole path outside of all projects. */
	readonly path: string;
}

/** Of the projects that hold each other, the innermost has the file. */
export function inProject(path: string, head: Pick<InsightsHead, 'choices' | 'query'> | undefined): ProjectPath {
	const projects = head?.choices.projects.filter(({ value }) => value !== '') ?? [];
	const holder = projects.filter(({ value }) => holds(value, path)).sort((a, b) => b.value.length - a.value.length)[0];
	if (holder === undefined) return { project: null, path };
	const isOneOfMany = projects.length > 1 && (head?.query.project ?? null) === null;
	return { project: isOneOfMany ? holder.label : null, path: path.slice(withoutEnd(holder.value).length + 1) };
}

function holds(folder: string, path: string): boolean {
	const start = withoutEnd(folder);
	const isWindows = /^[a-z]:/i.test(path);
	const [a, b] = isWindows ? [folded(start), folded(path)] : [start, path];
	return start !== '' && b.length > a.length + 1 && b.startsWith(a) && (b[a.length] === '/' || (isWindows && b[a.length] === '\\'));
}

/** Windows takes both slashes, and letters of either case, for the same. */
function folded(path: string): string {
	return path.replaceAll('\\', '/').toLowerCase();
}

function withoutEnd(folder: string): string {
	return folder.replace(/[\\/]+$/, '');
}
