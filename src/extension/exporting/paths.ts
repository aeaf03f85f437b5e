/** Folders of the person, shortened wherever a text names them: an export is for others, and a home folder bears a name. */

export interface ShortenedFolder {
	/** Absolute. */
	readonly path: string;
	/** What stands for it: `~` or `.`. */
	readonly as: string;
}

/** Behind the escape of a line end, or the code of a colour, a path begins though a letter stands before it. */
const behindEscape = String.raw`\\[nrt]|(?:\u001b|\\u001b)\[[\d;]{0,20}[mK]`;

/**
 * Where a path can begin; the same letters at the end of a longer path, or of an address, are not the person's folder. Languages
 * without spaces write a path right behind a word. A drive begins a path wherever it is no part of a word.
 */
const begin = String.raw`(?:(?<![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}.~…%$*)}\]/\\-]|(?<![A-Za-z\d])[A-Za-z]:)|(?<=${behindEscape}|(?<![\w-])-[A-Za-z]?|\bfile:\/\/|\b(?:file|vscode[\w-]{0,20}):\/\/[^\s/]{1,100}))`;
const driveBegin = String.raw`(?:(?<![\p{L}\p{N}])|(?<=${behindEscape}))`;

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
				...[...forms].map(form => ({
					pattern: new RegExp(`${/^[A-Za-z]:/.test(form) ? driveBegin : begin}${escapeRegExp(form)}(?![\\w-])`, 'gu'),
					as,
				})),
				// As Claude Code names the folder of its transcripts. One word behind a dash is an option more often, or the end of a word.
				...(encoded.includes('-', 1)
					? [
							{
								pattern: new RegExp(`(?:(?<![A-Za-z0-9])|(?<=${behindEscape}))${escapeRegExp(encoded)}(?![A-Za-z0-9])`, 'gu'),
								as: as === '.' ? 'project' : '-home',
							},
						]
					: []),
			];
		});
	return text => spellings.reduce((shortened, { pattern, as }) => shortened.replace(pattern, () => as), text);
}

const escapeRegExp = (text: string): string => text.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&');
