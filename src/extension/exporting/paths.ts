/** Folders of the person, shortened wherever a text names them: an export is for others, and a home folder bears a name. */

export interface ShortenedFolder {
	/** Absolute. */
	readonly path: string;
	/** What stands for it: `~` or `.`. */
	readonly as: string;
}

/** Longer folders first, so that a project inside the home folder is `.`. Windows paths are found with either separator, and as JSON has them. */
export function pathShortener(folders: readonly ShortenedFolder[]): (text: string) => string {
	const spellings = folders
		// A root, or a drive, is in every path.
		.filter(({ path }) => path.replace(/^[A-Za-z]:/, '').length > 1)
		.toSorted((a, b) => b.path.length - a.path.length)
		.flatMap(({ path, as }) => {
			const bare = path.replace(/[\\/]+$/, '');
			const encoded = bare.replace(/[^A-Za-z0-9]/g, '-');
			const forms = new Set([bare, bare.replaceAll('\\', '/'), bare.replaceAll('\\', '\\\\')]);
			return [
				...[...forms].map(form => ({ pattern: new RegExp(`${escapeRegExp(form)}(?![\\w-])`, 'g'), as })),
				// As Claude Code names the folder of its transcripts.
				...(encoded.length > 4
					? [{ pattern: new RegExp(`${escapeRegExp(encoded)}(?![A-Za-z0-9])`, 'g'), as: as === '.' ? 'project' : '-home' }]
					: []),
			];
		});
	return text => spellings.reduce((shortened, { pattern, as }) => shortened.replace(pattern, () => as), text);
}

const escapeRegExp = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
