/** A candidate becomes a hit when its record is still there and its texts hold what is looked for. */
import type { RecordText, RecordTexts } from '../claude/transcript/recordTexts.ts';
import type { SearchHit, SearchTextKind } from '../../webview/contract/search.ts';
import type { SearchedFile } from './catalogue.ts';
import { type Clause, Finder } from './clause.ts';
import { documentsOf, foldedOf } from './document.ts';
import { fold } from './folding.ts';
import { shortPath } from './shortPath.ts';
import { type FoldedText, snippetOf } from './snippet.ts';

export interface Place {
	readonly path: string;
	readonly offset: number;
	readonly kind: number;
	readonly tool: string | null;
	readonly score: number;
}

export class Proof {
	readonly #home: string;
	readonly #wanted: readonly Finder[];
	readonly #excluded: readonly Finder[];
	/** Null for all. */
	readonly #kinds: ReadonlySet<SearchTextKind> | null;

	/** `home` is the person's folder. */
	constructor(clauses: readonly Clause[], kinds: ReadonlySet<SearchTextKind> | null, home: string) {
		this.#home = home;
		this.#wanted = clauses.filter(clause => !clause.isExcluded).map(clause => new Finder(clause));
		this.#excluded = clauses.filter(clause => clause.isExcluded).map(clause => new Finder(clause));
		this.#kinds = kinds;
	}

	/**
	 * The texts of a kind in a record, if they hold every wanted clause, and, if asked, none of the excluded ones; null
	 * otherwise.
	 */
	textsThatHold(record: RecordTexts, kind: number, asksExcluded: boolean): readonly FoldedText[] | null {
		const all = textsOfKind(record, kind);
		const shown = this.#shown(all).map(text => ({ text, folded: foldedOf(text) }));
		if (shown.length === 0 || !this.#wanted.every(finder => shown.some(({ folded }) => finder.first(folded) !== null))) return null;
		const isRefuted = (): boolean => all.some(text => this.#excluded.some(finder => finder.first(foldedOf(text)) !== null));
		return asksExcluded && this.#excluded.length > 0 && isRefuted() ? null : shown;
	}

	/** Of a record, and its texts that hold what is looked for. */
	hit(record: RecordTexts, texts: readonly FoldedText[], place: Place, file: SearchedFile): SearchHit | null {
		const { session } = file;
		const shown = snippetOf(
			texts.map(text => this.#withShortPath(text, session.project_path)),
			this.#wanted,
		);
		if (shown === null) return null;
		return {
			sessionId: session.session_id,
			title: session.title,
			project: session.project,
			messageId: record.uuid ?? `@${place.offset}`,
			agentId: file.agentId ?? (file.isSubagent ? record.agentId : null),
			role: record.role,
			kind: shown.text.kind,
			tool: shown.text.tool ?? place.tool,
			timestamp: record.timestamp,
			file: place.path,
			offset: place.offset,
			snippet: shown.snippet,
			score: Math.round(place.score * 1e4) / 1e4,
		};
	}

	/** Unless what was found is in the part that would be left out. */
	#withShortPath(text: FoldedText, project: string | null): FoldedText {
		if (text.text.kind !== 'file') return text;
		const short = shortPath(text.text.text, project, this.#home);
		const shortened = { text: { ...text.text, text: short }, folded: fold(short) };
		const isFound = this.#wanted.every(finder => finder.first(text.folded) === null || finder.first(shortened.folded) !== null);
		return isFound ? shortened : text;
	}

	#shown(texts: readonly RecordText[]): readonly RecordText[] {
		const kinds = this.#kinds;
		return kinds === null ? texts : texts.filter(({ kind }) => kinds.has(kind));
	}
}

const textsOfKind = (record: RecordTexts, kind: number): readonly RecordText[] =>
	documentsOf(record).find(document => document.kind === kind)?.texts ?? [];
