// Which files are transcripts, and what records stand in them.
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isObject, type Obj } from './values.ts';

export interface TranscriptFile {
	readonly path: string;
	/** The file's name without `.jsonl`. */
	readonly stem: string;
	/** A file by the name `agent-*`, in either layout. */
	readonly agent: boolean;
	/** For `<id>/subagents/…`: that id. */
	readonly folderSession: string | null;
	readonly records: readonly Obj[];
	readonly malformedLines: number;
}

/** Every transcript of the given config directories, each real file once, in an order that does not depend on the file system. */
export function transcriptsOf(configDirs: readonly string[]): TranscriptFile[] {
	const seen = new Set<string>();
	const found: TranscriptFile[] = [];
	for (const dir of configDirs) {
		// IDX-2: a value that ends in `projects` is the projects folder itself.
		const projects = basename(dir) === 'projects' ? dir : join(dir, 'projects');
		for (const project of entries(projects)) {
			for (const file of transcriptsOfProject(join(projects, project))) {
				const real = realpathSync(file.path);
				if (seen.has(real)) continue;
				seen.add(real);
				found.push(readTranscript(file.path, file.folderSession));
			}
		}
	}
	return found;
}

function transcriptsOfProject(project: string): { path: string; folderSession: string | null }[] {
	const out: { path: string; folderSession: string | null }[] = [];
	for (const name of entries(project)) {
		const path = join(project, name);
		if (isTranscriptName(name) && isFile(path)) out.push({ path, folderSession: null });
		else if (!name.endsWith('.jsonl')) {
			// New layout: <id>/subagents/**/agent-*.jsonl. Nothing else below a session's folder is a transcript.
			for (const below of walk(join(path, 'subagents'))) {
				if (basename(below).startsWith('agent-') && below.endsWith('.jsonl')) out.push({ path: below, folderSession: name });
			}
		}
	}
	return out;
}

/** A workflow's journal is no transcript, by its name; a top-level stem of any other form is taken (MODEL-1 sets no UUID form). */
function isTranscriptName(name: string): boolean {
	return name.endsWith('.jsonl') && name !== 'journal.jsonl';
}

function* walk(dir: string): Generator<string> {
	for (const name of entries(dir)) {
		const path = join(dir, name);
		if (isFile(path)) yield path;
		else yield* walk(path);
	}
}

function entries(dir: string): string[] {
	try {
		return readdirSync(dir).sort();
	} catch {
		return [];
	}
}

function isFile(path: string): boolean {
	try {
		return statSync(path).isFile();
	} catch {
		return false;
	}
}

export function readTranscript(path: string, folderSession: string | null = null): TranscriptFile {
	const stem = basename(path).replace(/\.jsonl$/, '');
	// Bytes that are no UTF-8 become U+FFFD; a line stays readable JSON if they stand inside a string.
	const { records, malformedLines } = parseLines(readFileSync(path, 'utf8'));
	return { path, stem, agent: stem.startsWith('agent-'), folderSession, records, malformedLines };
}

export function parseLines(text: string): { records: Obj[]; malformedLines: number } {
	const lines = text.replace(/^\uFEFF/, '').split('\n');
	const records: Obj[] = [];
	let malformedLines = 0;
	lines.forEach((line, at) => {
		if (line.trim() === '') return;
		const { objects, whole } = parseLine(line);
		if (!whole) {
			// The text after the last newline is still being written when it is not JSON: neither read nor counted.
			if (at === lines.length - 1) return;
			malformedLines++;
		}
		records.push(...objects);
	});
	return { records, malformedLines };
}

/** One object, or several glued together (`}{`). All recovered: the line is not malformed. `whole` is false when something remained. */
function parseLine(line: string): { objects: Obj[]; whole: boolean } {
	const single = parse(line);
	if (single !== undefined) return isObject(single) ? { objects: [single], whole: true } : { objects: [], whole: false };
	const objects: Obj[] = [];
	let rest = line.trim();
	while (rest !== '') {
		const end = endOfObject(rest);
		const value = end === 0 ? undefined : parse(rest.slice(0, end));
		if (!isObject(value)) return { objects, whole: false };
		objects.push(value);
		rest = rest.slice(end).trim();
	}
	return { objects, whole: true };
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** The length of the object that `text` begins with, or 0. */
function endOfObject(text: string): number {
	if (!text.startsWith('{')) return 0;
	let depth = 0;
	let inString = false;
	for (let i = 0; i < text.length; i++) {
		const c = text[i];
		if (inString) {
			if (c === '\\') i++;
			else if (c === '"') inString = false;
		} else if (c === '"') inString = true;
		else if (c === '{') depth++;
		else if (c === '}' && --depth === 0) return i + 1;
	}
	return 0;
}
