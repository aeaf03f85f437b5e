/** What has to be read so that the search index says what the transcripts say. Pure. */
import type { SearchedFileRow } from '../store/index/searchRows.ts';
import type { Covered } from '../store/search/shardPart.ts';

export interface FileToRead {
	readonly file: SearchedFileRow;
	readonly from: number;
	/** What was read before, to be compared with the transcript of now; null when it is read from its first byte. */
	readonly known: { readonly head: string; readonly tail: string } | null;
}

export interface ReadingPlan {
	/** What the search index has of these transcripts is of no use. */
	readonly kill: ReadonlySet<string>;
	/** Of those, what the index does not know any more: a person wants it forgotten, so nothing of it may stay on disk. */
	readonly forgotten: ReadonlySet<string>;
	/** Those that were written to last come first: they are what people look for. */
	readonly read: readonly FileToRead[];
	readonly bytes: number;
}

/** `isAll`: the files are all there are, so that whatever else is covered is gone. */
export function readingPlan(files: readonly SearchedFileRow[], covered: ReadonlyMap<string, Covered>, isAll: boolean): ReadingPlan {
	const kill = new Set<string>();
	const read: FileToRead[] = [];
	for (const file of files) {
		const known = covered.get(file.path);
		if (file.is_gone === 1) {
			if (known !== undefined) kill.add(file.path);
			continue;
		}
		const isUsable = known?.isWhole === true && known.to <= file.read_offset && known.copies === file.copies;
		if (known !== undefined && isUsable) {
			if (known.to < file.read_offset) read.push({ file, from: known.to, known });
			continue;
		}
		if (known !== undefined) kill.add(file.path);
		if (file.read_offset > 0) read.push({ file, from: 0, known: null });
	}
	const present = new Set(files.map(({ path }) => path));
	const forgotten = new Set(isAll ? [...covered.keys()].filter(path => !present.has(path)) : []);
	for (const path of forgotten) kill.add(path);
	read.sort((a, b) => b.file.mtime_ms - a.file.mtime_ms);
	return { kill, forgotten, read, bytes: read.reduce((sum, { file, from }) => sum + file.read_offset - from, 0) };
}
