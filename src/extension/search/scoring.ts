/** The documents of the shards that may match a query, with what each is worth. */
import type { Shard } from '../store/search/shard.ts';
import { wordsOfCode } from '../store/search/documents.ts';
import { type ClauseMatch, matchClause } from './candidates.ts';
import type { SearchCatalogue, SearchedSession } from './catalogue.ts';
import { type Clause, inside } from './clause.ts';
import { documentFilter, type Filter } from './filters.ts';
import { frequencyWeight, kindWeights, rarity, recency } from './ranking.ts';

export interface SearchedShard {
	readonly shard: Shard;
	/** Numbers of the pieces that are of no use. */
	readonly dead: ReadonlySet<number>;
}

export interface ScoringRequest {
	readonly clauses: readonly Clause[];
	readonly filters: readonly Filter[];
	readonly passes: (session: SearchedSession) => boolean;
	readonly fromMs: number | null;
	readonly toMs: number | null;
	/** By number, which are wanted; null for all. */
	readonly kinds: ReadonlySet<number> | null;
	readonly nowMs: number;
}

export interface ShardCandidates {
	readonly shard: Shard;
	readonly documents: Uint32Array;
	readonly scores: Float64Array;
	/** For each excluded clause that the words alone do not prove: the documents that might hold it. */
	readonly suspects: readonly ReadonlySet<number>[];
}

/** What the shards' words say of the clauses. */
export interface Matches {
	readonly clauses: readonly Clause[];
	/** By shard, then by clause; null for a clause of signs only. */
	readonly byShard: readonly (readonly (ClauseMatch | null)[])[];
	/** The words alone prove every clause. */
	readonly isExact: boolean;
}

/** Words that are shorter are looked for by themselves only: inside of others they mean nothing. */
const shortestInside = 3;

/** With `looksInside`, a word that stands nowhere by itself is looked for inside of others: all words are gone through for it. */
export function* matchClauses(
	shards: readonly SearchedShard[],
	clauses: readonly Clause[],
	looksInside: boolean,
): Generator<void, Matches> {
	const final: Clause[] = [];
	const byClause: (ClauseMatch | null)[][] = [];
	for (const clause of clauses) {
		let used = clause;
		let matches = yield* matchInAll(shards, clause);
		const isNowhere = matches.every(match => match?.documents.length === 0);
		if (looksInside && isNowhere && clause.isPlainWord && !clause.isExcluded && clause.needle.length >= shortestInside) {
			used = inside(clause);
			matches = yield* matchInAll(shards, used);
		}
		final.push(used);
		byClause.push(matches);
	}
	return {
		clauses: final,
		byShard: shards.map((_, at) => byClause.map(matches => matches[at] ?? null)),
		isExact: byClause.every(matches => matches.every(match => match?.isExact === true || match?.documents.length === 0)),
	};
}

function* matchInAll(shards: readonly SearchedShard[], clause: Clause): Generator<void, (ClauseMatch | null)[]> {
	const matches: (ClauseMatch | null)[] = [];
	for (const { shard } of shards) {
		matches.push(yield* matchClause(shard, clause));
		yield;
	}
	return matches;
}

/** How much each clause counts, over all shards. */
export function raritiesOf(shards: readonly SearchedShard[], { clauses, byShard }: Matches): number[] {
	const documents = shards.reduce((sum, { shard }) => sum + shard.documents.count, 0);
	return clauses.map((_, clause) =>
		rarity(
			documents,
			byShard.reduce((sum, matches) => sum + (matches[clause]?.documents.length ?? documents), 0),
		),
	);
}

export function* scoreShards(
	shards: readonly SearchedShard[],
	matches: Matches,
	request: ScoringRequest,
	catalogue: SearchCatalogue,
): Generator<void, ShardCandidates[]> {
	const rarities = raritiesOf(shards, matches);
	const average = averageWords(shards);
	const found: ShardCandidates[] = [];
	for (const [at, searched] of shards.entries()) {
		found.push(scoreShard(searched, matches, matches.byShard[at] ?? [], rarities, average, request, catalogue));
		yield;
	}
	return found;
}

function scoreShard(
	searched: SearchedShard,
	{ clauses }: Matches,
	matches: readonly (ClauseMatch | null)[],
	rarities: readonly number[],
	average: number,
	request: ScoringRequest,
	catalogue: SearchCatalogue,
): ShardCandidates {
	const { shard } = searched;
	const columns = shard.documents;
	const scores = new Float32Array(columns.count);
	const held = new Uint8Array(columns.count);
	let wanted = 0;
	/** Those that have the words so far; null for all. */
	let having: Uint32Array | null = null;
	for (const [clause, { isExcluded }] of clauses.entries()) {
		const match = matches[clause];
		if (isExcluded || match === null || match === undefined) continue;
		const { documents, counts } = match;
		const ofCodes = codeWords.map(words => frequencyWeight(1, words, average) * (rarities[clause] ?? 0));
		for (let i = 0; i < documents.length; i++) {
			const document = documents[i] ?? 0;
			if (held[document] !== wanted) continue;
			held[document] = wanted + 1;
			const code = columns.length[document] ?? 0;
			const count = counts[i] ?? 1;
			const worth = count === 1 ? (ofCodes[code] ?? 0) : (rarities[clause] ?? 0) * frequencyWeight(count, codeWords[code] ?? 0, average);
			scores[document] = (scores[document] ?? 0) + worth;
		}
		having = documents;
		wanted++;
	}
	const suspects: Set<number>[] = [];
	const excluded = new Uint8Array(columns.count);
	for (const [clause, { isExcluded }] of clauses.entries()) {
		if (!isExcluded) continue;
		const match = matches[clause];
		if (match?.isExact === true) for (const document of match.documents) excluded[document] = 1;
		else suspects.push(new Set(match?.documents ?? columns.offset.keys()));
	}
	const sessions = sessionsOf(searched, catalogue);
	const passing = Uint8Array.from(sessions, session => (session !== null && request.passes(session) ? 1 : 0));
	const filter = documentFilter(request.filters, columns, piece => sessions[piece] ?? null);
	const fromSeconds = request.fromMs === null ? 0 : request.fromMs / 1000;
	const toSeconds = request.toMs === null ? Number.POSITIVE_INFINITY : request.toMs / 1000;
	const hasSpan = request.fromMs !== null || request.toMs !== null;
	const most = having?.length ?? columns.count;
	const found = new Uint32Array(most);
	const ranks = new Float64Array(most);
	let length = 0;
	for (let i = 0; i < most; i++) {
		const document = having === null ? i : (having[i] ?? 0);
		if (held[document] !== wanted || excluded[document] === 1 || passing[columns.piece[document] ?? 0] !== 1) continue;
		const kind = columns.kind[document] ?? 0;
		const at = columns.atSeconds[document] ?? 0;
		if (request.kinds !== null && !request.kinds.has(kind)) continue;
		if (hasSpan && (at === 0 || at < fromSeconds || at >= toSeconds)) continue;
		if (filter !== null && !filter(document)) continue;
		found[length] = document;
		// Without words, the latest come first.
		ranks[length++] = wanted === 0 ? at / 1e10 : (scores[document] ?? 0) * (kindWeights[kind] ?? 1) * recency(at * 1000, request.nowMs);
	}
	return { shard, documents: found.subarray(0, length), scores: ranks.subarray(0, length), suspects };
}

const sessionsOfShards = new WeakMap<Shard, { readonly version: number; readonly sessions: readonly (SearchedSession | null)[] }>();

/** Whose each piece of a shard is; null for the dead, and for those that no session has any more. */
function sessionsOf({ shard, dead }: SearchedShard, catalogue: SearchCatalogue): (SearchedSession | null)[] {
	const { version } = catalogue;
	let known = sessionsOfShards.get(shard);
	if (known?.version !== version) {
		known = { version, sessions: shard.documents.pieces.map(({ path }) => catalogue.file(path)?.session ?? null) };
		sessionsOfShards.set(shard, known);
	}
	return known.sessions.map((session, piece) => (dead.has(piece) ? null : session));
}

const codeWords = Float64Array.from({ length: 256 }, (_, code) => wordsOfCode(code));

const averages = new WeakMap<Shard, number>();

function averageWords(shards: readonly SearchedShard[]): number {
	let words = 0;
	let documents = 0;
	for (const { shard } of shards) {
		let ofShard = averages.get(shard);
		if (ofShard === undefined) {
			ofShard = shard.documents.length.reduce((sum, code) => sum + (codeWords[code] ?? 0), 0);
			averages.set(shard, ofShard);
		}
		words += ofShard;
		documents += shard.documents.count;
	}
	return documents === 0 ? 1 : words / documents;
}
