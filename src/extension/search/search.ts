/**
 * Searches everything that was said in the transcripts.
 *
 * The room knows what a record means (`claude/`) and where words are kept (`store/`). The words lead to candidates; each hit is
 * read at its place in the transcript before it is shown, which proves it and gives its line. It knows neither windows nor when the
 * index is built; that is the engine's.
 */
import { existsSync } from 'node:fs';
import type { SearchHit, SearchProblem, SearchTextKind } from '../../webview/contract/search.ts';
import type { SearchRows } from '../store/index/searchRows.ts';
import { ShardError } from '../store/search/bytes.ts';
import type { ShardSet } from '../store/search/shardSet.ts';
import { BestFirst } from './best.ts';
import type { SearchCatalogue } from './catalogue.ts';
import { type Clause, clauseOf } from './clause.ts';
import { sessionFilter } from './filters.ts';
import { inSteps } from './inSteps.ts';
import { Proof } from './proof.ts';
import { type ParsedQuery, parseQuery, type QueryContext } from './query.ts';
import { kindNumber } from './ranking.ts';
import type { RecentRecords } from './recentRecords.ts';
import { RecordFiles } from './recordAt.ts';
import { matchClauses, raritiesOf, scoreShards, type ScoringRequest, type SearchedShard, type ShardCandidates } from './scoring.ts';
import { type FoundTitle, titleHit, titlesWith } from './titles.ts';

export interface SearchRequest {
	readonly text: string;
	readonly projects: readonly number[] | null;
	readonly sessionId: string | null;
	readonly kinds: readonly SearchTextKind[] | null;
	readonly offset: number;
	readonly limit: number;
	readonly isTyping: boolean;
	/** After the page is full, matches are counted for so long; null counts to the end. */
	readonly countForMs: number | null;
}

export interface SearchFindings {
	readonly hits: readonly SearchHit[];
	readonly total: number;
	readonly totalIsExact: boolean;
	readonly isComplete: boolean;
	readonly problems: readonly SearchProblem[];
}

export interface SearchParts {
	readonly shards: ShardSet;
	readonly rows: SearchRows;
	readonly catalogue: SearchCatalogue;
	/** The person's folder, for which `~` stands in hits. */
	readonly home: string;
	/** From one search to the next. */
	readonly recent: RecentRecords;
	readonly calendar: () => Pick<QueryContext, 'startOf' | 'today'>;
	readonly now: () => Date;
	/** What the search index says of this transcript is not so any more. */
	readonly onStale: (path: string) => void;
	/** A shard was set aside; its transcripts are to be read again. */
	readonly onDamage: () => void;
}

/**
 * While a person types, looking at candidates one by one ends so long after the question, but not before it had its own while; what is
 * there by then is shown.
 */
const typingMs = 35;
const provingMs = 15;
/** Proving does not end before so many hits are there when the words alone lead to them: what a person sees without scrolling. */
const firstHits = 20;
/** When so many candidates turn out to be none, the words alone say nothing any more. */
const mostRefuted = 100;

/** Throws the signal's reason when it aborts. */
export async function search(request: SearchRequest, parts: SearchParts, signal?: AbortSignal): Promise<SearchFindings> {
	const parsed = parseQuery(request.text, { isTyping: request.isTyping, ...parts.calendar() });
	const isNothing = parsed.problems.some(({ kind }) => kind === 'nothing to look for' || kind === 'only exclusions');
	if (isNothing) return { hits: [], total: 0, totalIsExact: true, isComplete: true, problems: parsed.problems };
	await inSteps(parts.catalogue.refresh(), { signal });
	return parts.shards.use(async shards => {
		const findings = await new RunningSearch(request, parsed, parts, signal).run(shards);
		return { ...findings, problems: parsed.problems };
	});
}

class RunningSearch {
	readonly #request: SearchRequest;
	readonly #parts: SearchParts;
	readonly #signal: AbortSignal | undefined;
	readonly #clauses: readonly Clause[];
	readonly #kinds: ReadonlySet<SearchTextKind> | null;
	readonly #scoring: ScoringRequest;
	readonly #started = performance.now();

	constructor(request: SearchRequest, parsed: ParsedQuery, parts: SearchParts, signal: AbortSignal | undefined) {
		this.#request = request;
		this.#parts = parts;
		this.#signal = signal;
		const file = parsed.clauses.length === 0 ? parsed.filters.find(({ name, isExcluded }) => name === 'file' && !isExcluded) : undefined;
		// Only a file is named: what is found is where it was read or changed.
		const fileClause =
			file === undefined ? null : clauseOf({ text: file.value, isExcluded: false, isOpenStart: true, isOpenEnd: !file.isWhole });
		this.#clauses = fileClause === null ? parsed.clauses : [fileClause];
		this.#kinds = fileClause !== null ? new Set<SearchTextKind>(['file']) : request.kinds === null ? null : new Set(request.kinds);
		this.#scoring = {
			clauses: this.#clauses,
			filters: parsed.filters,
			passes: sessionFilter(parsed.filters, request, parts.catalogue),
			fromMs: parsed.fromMs,
			toMs: parsed.toMs,
			kinds: this.#kinds === null ? null : new Set([...this.#kinds].map(kindNumber)),
			nowMs: parts.now().getTime(),
		};
	}

	async run(all: readonly SearchedShard[]): Promise<Omit<SearchFindings, 'problems'>> {
		const { catalogue } = this.#parts;
		const shards = all.filter(({ shard }) => shard.documents.count > 0);
		let matches;
		try {
			matches = await this.#inSteps(matchClauses(shards, this.#clauses, !this.#request.isTyping));
		} catch (error) {
			if (!(error instanceof ShardError)) throw error;
			// Which of them it was is found by reading each; the search goes on without it.
			const sound = await this.#soundOf(shards);
			if (sound.length === shards.length) throw error;
			return this.run(sound);
		}
		const candidates = await this.#inSteps(scoreShards(shards, matches, this.#scoring, catalogue));
		const asksTitles = this.#kinds === null || this.#kinds.has('title');
		const titles = asksTitles ? titlesWith(matches.clauses, raritiesOf(shards, matches), this.#scoring, catalogue) : [];
		const asksOneKindOfInput = this.#kinds !== null && this.#kinds.has('file') !== this.#kinds.has('toolInput');
		return this.#prove(candidates, titles, matches.clauses, matches.isExact && !asksOneKindOfInput);
	}

	/** Takes the candidates by their worth until the page is full, and counts on if the words alone do not say how many there are. */
	async #prove(
		candidates: readonly ShardCandidates[],
		titles: readonly FoundTitle[],
		clauses: readonly Clause[],
		isExact: boolean,
	): Promise<Omit<SearchFindings, 'problems'>> {
		const counts = candidates.map(({ documents }) => documents.length);
		const starts = counts.map((_, at) => counts.slice(0, at).reduce((sum, count) => sum + count, titles.length));
		const count = counts.reduce((sum, each) => sum + each, titles.length);
		const scores = new Float64Array(count);
		titles.forEach(({ score }, at) => (scores[at] = score));
		candidates.forEach((each, at) => {
			scores.set(each.scores, starts[at]);
		});
		const best = new BestFirst(scores);
		const files = new RecordFiles(this.#parts.recent);
		try {
			return await this.#inSteps(this.#provingSteps({ candidates, starts, titles, clauses, best, scores, count, isExact, files }));
		} finally {
			files.close();
		}
	}

	*#provingSteps(given: {
		readonly candidates: readonly ShardCandidates[];
		readonly starts: readonly number[];
		readonly titles: readonly FoundTitle[];
		readonly clauses: readonly Clause[];
		readonly best: BestFirst;
		readonly scores: Float64Array;
		readonly count: number;
		readonly isExact: boolean;
		readonly files: RecordFiles;
	}): Generator<void, Omit<SearchFindings, 'problems'>> {
		const { candidates, starts, titles, clauses, best, scores, count, isExact, files } = given;
		const { offset, limit, isTyping, countForMs } = this.#request;
		const { catalogue, home, onStale } = this.#parts;
		const proof = new Proof(clauses, this.#kinds, home);
		const hits: SearchHit[] = [];
		const shown = new Set<string>();
		let proved = 0;
		let refuted = 0;
		let fullAt: number | null = null;
		let skipped = 0;
		/** Transcripts that turned out to be gone, with all their candidates. */
		const stale = new Set<string>();
		const latest = Math.max(this.#started + typingMs, performance.now() + provingMs);
		for (let item = best.next(); item !== null; item = best.next()) {
			const isFull = proved >= offset + limit;
			if (isFull && isExact) break;
			if (isFull) fullAt ??= performance.now();
			const isSure = isExact && refuted <= mostRefuted;
			const isLate = isTyping && (!isSure || hits.length >= firstHits) && performance.now() > latest;
			const hasCounted = fullAt !== null && countForMs !== null && performance.now() - fullAt > countForMs;
			if (isLate || hasCounted) return { hits, total: isSure ? count - refuted : proved, totalIsExact: isSure, isComplete: isFull };
			yield;
			if (isExact && skipped < offset) {
				// Pages before this one were proved when they were shown.
				skipped++;
				proved++;
				continue;
			}
			const title = titles[item];
			if (title !== undefined) {
				const hit = titleHit(title, clauses, catalogue);
				if (hit === null) refuted++;
				else if (proved++ >= offset && hits.length < limit) hits.push(hit);
				continue;
			}
			const at = starts.findLastIndex((start, index) => start <= item && (candidates[index]?.documents.length ?? 0) > item - start);
			const { shard, documents, suspects } = candidates[at] ?? {};
			const document = documents?.[item - (starts[at] ?? 0)];
			if (shard === undefined || document === undefined) continue;
			const columns = shard.documents;
			const path = columns.pieces[columns.piece[document] ?? 0]?.path ?? '';
			if (stale.has(path)) {
				refuted++;
				continue;
			}
			const place = {
				path,
				offset: columns.offset[document] ?? 0,
				kind: columns.kind[document] ?? 0,
				tool: columns.tools[columns.tool[document] ?? 0] ?? null,
				score: scores[item] ?? 0,
			};
			const file = catalogue.file(path);
			const record = file === undefined ? null : files.read(path, file.isSubagent, place.offset, columns.print[document] ?? 0);
			if (file === undefined || record === null) {
				if (file !== undefined) onStale(path);
				if (file === undefined || !existsSync(path)) stale.add(path);
				refuted++;
				continue;
			}
			const key = `${record.uuid ?? `${path} ${place.offset}`} ${place.kind}`;
			const texts = shown.has(key) ? null : proof.textsThatHold(record, place.kind, suspects?.some(set => set.has(document)) === true);
			if (texts === null) {
				refuted++;
				continue;
			}
			shown.add(key);
			if (proved++ < offset || hits.length >= limit) continue;
			const hit = proof.hit(record, texts, place, file);
			if (hit !== null) hits.push(hit);
		}
		return { hits, total: isExact ? count - refuted : proved, totalIsExact: true, isComplete: true };
	}

	async #soundOf(shards: readonly SearchedShard[]): Promise<SearchedShard[]> {
		const sound: SearchedShard[] = [];
		for (const searched of shards) {
			try {
				await this.#inSteps(searched.shard.check());
				sound.push(searched);
			} catch (error) {
				if (!(error instanceof ShardError)) throw error;
				this.#parts.shards.damaged(searched.shard, error);
				this.#parts.onDamage();
			}
		}
		return sound;
	}

	#inSteps<T>(steps: Generator<void, T>): Promise<T> {
		return inSteps(steps, { signal: this.#signal });
	}
}
