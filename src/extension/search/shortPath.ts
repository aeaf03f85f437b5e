/** The path of a file as a person names it: from its project, else from the home folder. Pure; either separator. */
export function shortPath(path: string, project: string | null, home: string): string {
	const isIn = (folder: string): boolean => folder.length > 1 && path.startsWith(folder) && /[\\/]/.test(path[folder.length] ?? '');
	if (project !== null && isIn(project)) return path.slice(project.length + 1);
	return isIn(home) ? `~${path.slice(home.length)}` : path;
}
