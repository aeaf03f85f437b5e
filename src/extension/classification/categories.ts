/**
 * Keeps the category of every session in the index (CLS-2, CLS-3): what the rules say, unless a model said something
 * later, unless a person did. The columns are a projection: they can be filled again from the rules and the ledger.
 */
import type { IndexTables } from '../store/index/indexTables.ts';
import {
	type SessionCategory,
	type SessionStanding,
	type SessionTexts,
	type StandingCategory,
	storedCategory,
} from '../store/index/sessionFacts.ts';
import {
	answeredSince,
	categoriesByPersons,
	classificationsState,
	type ClassificationRow,
	standingAnswers,
} from '../store/ledger/classifications.ts';
import type { LedgerReader } from '../store/ledger/transaction.ts';
import { classifyByRules, rulesVersion } from './rules/rules.ts';
import type { Evidence, RulesAnswer, SessionFacts } from './rules/facts.ts';

export interface CategoriesParts {
	readonly tables: IndexTables;
	readonly read: <T>(work: (reader: LedgerReader) => T) => T;
}

/** `category_source` of what the rules say. */
export const rulesSource = `rules@${rulesVersion}`;
export const personSource = 'person';

const rulesKey = 'rules version';
const projectedKey = 'classifications projected';
/** Sessions in one transaction: 7 to 15 ms, the first one of a start 90 to 160. 10,000 take 1.5 to 2 s, once 3.4 (two processors, others at work). */
const slice = 50;

export class Categories {
	readonly #parts: CategoriesParts;

	constructor(parts: CategoriesParts) {
		this.#parts = parts;
	}

	/** For sessions whose rows were just derived; belongs into the same transaction. */
	derive(rowIds: readonly number[]): void {
		const { facts } = this.#parts.tables;
		const found = this.#rulesOf(rowIds);
		const answers = this.#standingAnswers(found.map(({ texts }) => texts.sessionId));
		for (const { texts, answer } of found) {
			const rules = { ...answer.category, confidence: answer.confidence };
			const stored = answers.get(texts.sessionId);
			const standing = stored === undefined ? byRules(rules, texts.lastRecord) : standingOf(stored);
			// Most sessions that grow keep their category.
			if (texts.stored !== storedCategory(rules, standing)) facts.setRules(texts.rowId, rules, standing);
		}
	}

	/**
	 * After a start: rules of another version sort everything again (DB-8), and answers that came while this index was
	 * not open are taken in. Answers between slices, so that nothing else waits; true when anything changed.
	 */
	async catchUp(signal: AbortSignal): Promise<boolean> {
		const { tables, read } = this.#parts;
		const mustDerive = tables.meta(rulesKey) !== rulesSource;
		if (!mustDerive) return this.project().length > 0;
		const before = read(classificationsState);
		const all = tables.sessions.allRowIds();
		for (let from = 0; from < all.length; from += slice) {
			tables.change(() => this.derive(all.slice(from, from + slice)));
			await new Promise(resolve => setImmediate(resolve));
			// The files are about to be closed; the next start begins anew.
			if (signal.aborted) return false;
		}
		tables.change(() => {
			tables.setMeta(rulesKey, rulesSource);
			tables.setMeta(projectedKey, before);
		});
		// What was answered meanwhile, for sessions of slices that were over.
		this.project();
		return all.length > 0;
	}

	/** Takes over what changed in the ledger, here or in another window. Answers the sessions it concerns. */
	project(): readonly string[] {
		const { tables, read } = this.#parts;
		const state = read(classificationsState);
		const before = tables.meta(projectedKey);
		if (before === state) return [];
		const { facts } = tables;
		const concerned = facts.standings(this.#concerned(before));
		const answers = this.#standingAnswers(concerned.map(({ sessionId }) => sessionId));
		return tables.change(() => {
			for (const session of concerned) {
				const answer = answers.get(session.sessionId);
				// Where a person took back what they said, the rules stand again.
				const standing = answer === undefined ? session.rules && byRules(session.rules, session.endedAt) : standingOf(answer);
				if (standing !== null && !stands(session, standing)) facts.setStanding(session.rowId, standing);
			}
			tables.setMeta(projectedKey, state);
			return concerned.map(({ sessionId }) => sessionId);
		});
	}

	/** Sessions about which somebody said something since, or took it back. After the restore of a backup, all that may differ. */
	#concerned(state: string | null): readonly string[] {
		const { tables, read } = this.#parts;
		const { byModels, byPersons } = read(reader => answeredSince(reader, state));
		if (byModels === null) return [...new Set([...tables.facts.idsNotByRules(), ...this.#standingAnswers(null).keys()])];
		const concerned = new Set(byModels);
		if (byPersons) {
			const before = tables.facts.categoriesBy(personSource);
			const now = read(categoriesByPersons);
			for (const id of before.keys()) if (!now.has(id)) concerned.add(id);
			for (const [id, l3] of now) if (before.get(id) !== l3) concerned.add(id);
		}
		return [...concerned];
	}

	/** What decided, for a tooltip: found out anew, because it is rarely asked for and would fill the index. */
	evidence(sessionId: string): readonly Evidence[] {
		const rowId = this.#parts.tables.facts.rowIdOf(sessionId);
		return rowId === null ? [] : (this.#rulesOf([rowId])[0]?.answer.evidence ?? []);
	}

	#rulesOf(rowIds: readonly number[]): { texts: SessionTexts; answer: RulesAnswer }[] {
		const { facts } = this.#parts.tables;
		const [tools, files, commands] = [facts.tools(rowIds), facts.editedFiles(rowIds), facts.shellCommands(rowIds)];
		return facts.texts(rowIds).map(texts => ({
			texts,
			answer: classifyByRules(
				factsOf(texts, Object.fromEntries(tools.get(texts.rowId) ?? []), files.get(texts.rowId) ?? [], commands.get(texts.rowId) ?? []),
			),
		}));
	}

	#standingAnswers(sessionIds: readonly string[] | null): ReadonlyMap<string, ClassificationRow> {
		return this.#parts.read(reader => standingAnswers(reader, sessionIds));
	}
}

/** At the time of the session's last record, as which the rules judged it: the same files give the same answer, time included. */
function byRules(rules: SessionCategory, endedAt: string | null): StandingCategory {
	return { ...rules, source: rulesSource, reasoning: null, at: endedAt === '' ? null : endedAt, lastRecord: null };
}

/** Times differ where a person says again what they said, or the rules do: the first one is kept. */
function stands({ standing: before }: SessionStanding, now: StandingCategory): boolean {
	return (
		before !== null &&
		before.l3 === now.l3 &&
		before.confidence === now.confidence &&
		before.source === now.source &&
		before.reasoning === now.reasoning &&
		before.lastRecord === now.lastRecord &&
		(now.lastRecord === null || before.at === now.at)
	);
}

function standingOf(row: ClassificationRow): StandingCategory {
	return {
		l1: row.l1,
		l2: row.l2,
		l3: row.l3,
		confidence: row.confidence,
		source: row.source,
		reasoning: row.reasoning,
		at: row.at,
		lastRecord: row.kind === 'model' ? row.lastRecord : null,
	};
}

function factsOf(
	texts: SessionTexts,
	tools: SessionFacts['tools'],
	filesEdited: SessionFacts['filesEdited'],
	shellCommands: readonly string[],
): SessionFacts {
	return {
		title: ['custom', 'ai', 'summary'].includes(texts.titleSource) ? texts.title : null,
		// The plan it carries out says more than what was typed beside it, such as "commit".
		firstPrompt: texts.planTitle ?? texts.firstPrompt,
		lastPrompt: texts.lastPrompt,
		branch: texts.branch === '' ? null : texts.branch,
		permissionMode: texts.permissionMode,
		userPrompts: texts.userPrompts,
		slashCommands: countsOf(texts.slashCommands),
		skills: countsOf(texts.skills),
		tools,
		filesEdited,
		filesReadCount: texts.filesRead,
		shellCommands,
		linesAdded: texts.linesAdded,
		linesRemoved: texts.linesRemoved,
		toolErrors: texts.toolErrors,
		interruptions: texts.interruptions,
	};
}

/** Names may be `__proto__`: such an object keeps them as names. */
function countsOf(json: string | null): Readonly<Record<string, number>> {
	return json === null ? {} : (JSON.parse(json) as Record<string, number>);
}
