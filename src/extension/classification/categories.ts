/**
 * Keeps the category of every session in the index (CLS-2, CLS-3): what the rules say, unless a model said something
 * later, unless a person did. The columns are a projection: they can be filled again from the rules and the ledger.
 */
import type { IndexTables } from '../store/index/indexTables.ts';
import { type SessionTexts, type StandingCategory, storedCategory } from '../store/index/sessionFacts.ts';
import { classificationsState, type ClassificationRow, standingAnswers } from '../store/ledger/classifications.ts';
import type { LedgerReader } from '../store/ledger/transaction.ts';
import { classifyByRules, rulesVersion } from './rules/rules.ts';
import type { Evidence, RulesAnswer, SessionFacts } from './rules/facts.ts';

export interface CategoriesParts {
	readonly tables: IndexTables;
	readonly read: <T>(work: (reader: LedgerReader) => T) => T;
	readonly now: () => Date;
}

/** `category_source` of what the rules say. */
export const rulesSource = `rules@${rulesVersion}`;
export const personSource = 'person';

const rulesKey = 'rules version';
const projectedKey = 'classifications projected';
/** Sessions in one transaction: some 50 ms. */
const slice = 500;

export class Categories {
	readonly #parts: CategoriesParts;
	/** Of the ledger, by session; read again when it has changed. */
	#answers: { readonly state: string; readonly bySession: ReadonlyMap<string, ClassificationRow> } | null = null;

	constructor(parts: CategoriesParts) {
		this.#parts = parts;
	}

	/** For sessions whose rows were just derived; belongs into the same transaction. */
	derive(rowIds: readonly number[]): void {
		const { facts } = this.#parts.tables;
		const answers = this.#standing().bySession;
		const at = this.#parts.now().toISOString();
		for (const { texts, answer } of this.#rulesOf(rowIds)) {
			const rules = { ...answer.category, confidence: answer.confidence };
			const stored = answers.get(texts.sessionId);
			const standing = stored === undefined ? { ...rules, source: rulesSource, reasoning: null, at, lastRecord: null } : standingOf(stored);
			// Most sessions that grow keep their category.
			if (texts.stored !== storedCategory(rules, standing)) facts.setRules(texts.rowId, rules, standing);
		}
	}

	/**
	 * After a start: rules of another version sort everything again (DB-8), and answers that came while this index was
	 * not open are taken in. Answers between slices, so that nothing else waits; true when anything changed.
	 */
	async catchUp(): Promise<boolean> {
		const { tables } = this.#parts;
		const mustDerive = tables.meta(rulesKey) !== rulesSource;
		if (!mustDerive) return this.project().length > 0;
		const all = tables.sessions.allRowIds();
		for (let from = 0; from < all.length; from += slice) {
			tables.change(() => this.derive(all.slice(from, from + slice)));
			await new Promise(resolve => setImmediate(resolve));
		}
		tables.change(() => {
			tables.setMeta(rulesKey, rulesSource);
			tables.setMeta(projectedKey, this.#standing().state);
		});
		return all.length > 0;
	}

	/** Takes over what changed in the ledger, here or in another window. Answers the sessions it concerns. */
	project(): readonly string[] {
		const { tables } = this.#parts;
		const { state, bySession } = this.#standing();
		if (tables.meta(projectedKey) === state) return [];
		const { facts } = tables;
		return tables.change(() => {
			const before = facts.standingSources();
			const changed: string[] = [];
			for (const [sessionId, stored] of bySession) {
				const rowId = facts.rowIdOf(sessionId);
				if (rowId === null) continue;
				facts.setStanding(rowId, standingOf(stored));
				changed.push(sessionId);
			}
			// Taken back by a person: the rules stand again.
			for (const sessionId of before.keys()) {
				const rowId = bySession.has(sessionId) ? null : facts.rowIdOf(sessionId);
				const rules = rowId === null ? null : facts.rulesOf(rowId);
				if (rowId === null || rules === null) continue;
				facts.setStanding(rowId, { ...rules, source: rulesSource, reasoning: null, at: this.#parts.now().toISOString(), lastRecord: null });
				changed.push(sessionId);
			}
			tables.setMeta(projectedKey, state);
			return changed;
		});
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

	#standing(): { readonly state: string; readonly bySession: ReadonlyMap<string, ClassificationRow> } {
		return this.#parts.read(reader => {
			const state = classificationsState(reader);
			if (this.#answers?.state !== state) this.#answers = { state, bySession: standingAnswers(reader) };
			return this.#answers;
		});
	}
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
