/** What `file:`, `tool:` and the like let through. `project:`, `category:` and `file:` are about a session, the others about a record. */
import type { DocumentColumns } from '../store/search/documents.ts';
import type { SearchCatalogue, SearchedSession } from './catalogue.ts';

export const filterNames = ['file', 'tool', 'branch', 'model', 'category', 'project'] as const;
export type FilterName = (typeof filterNames)[number];

export interface Filter {
	readonly name: FilterName;
	/** Lower case. */
	readonly value: string;
	/** Quoted: the value as a whole. Otherwise it may stand anywhere in the name. */
	readonly isWhole: boolean;
	readonly isExcluded: boolean;
}

export interface SearchScope {
	/** Row ids; null for all. */
	readonly projects: readonly number[] | null;
	readonly sessionId: string | null;
}

/** Several of a name mean any of them, except files: a session can have them all. */
function passes(filters: readonly Filter[], test: (filter: Filter) => boolean): boolean {
	const wanted = filters.filter(filter => !filter.isExcluded);
	return (wanted.length === 0 || wanted.some(test)) && !filters.some(filter => filter.isExcluded && test(filter));
}

const named = (filters: readonly Filter[], name: FilterName): readonly Filter[] => filters.filter(filter => filter.name === name);

export function sessionFilter(
	filters: readonly Filter[],
	scope: SearchScope,
	catalogue: SearchCatalogue,
): (session: SearchedSession) => boolean {
	const projects = scope.projects === null ? null : new Set(scope.projects);
	const files = named(filters, 'file').map(filter => ({ filter, having: catalogue.withFile(filter.value, filter.isWhole) }));
	const categories = named(filters, 'category');
	const projectFilters = named(filters, 'project');
	return session =>
		(projects === null || (session.project_id !== null && projects.has(session.project_id))) &&
		(scope.sessionId === null || session.session_id === scope.sessionId) &&
		files.every(({ filter, having }) => having.has(session.id) !== filter.isExcluded) &&
		passes(projectFilters, filter => hasName(filter, session.project) || isPath(filter, session.project_path)) &&
		passes(categories, filter => [session.category_l1, session.category_l2, session.category_l3].some(name => hasCategory(filter, name)));
}

/** What holds of a whole session for its title: it has neither a tool nor an answer's model of its own. */
export function titleFilter(filters: readonly Filter[]): (session: SearchedSession) => boolean {
	const hasTool = named(filters, 'tool').some(filter => !filter.isExcluded);
	return session =>
		!hasTool &&
		passes(named(filters, 'branch'), filter => hasName(filter, session.git_branch)) &&
		passes(named(filters, 'model'), filter => session.models.some(model => hasName(filter, model)));
}

/** Tells the documents of a shard that the filters about records let through; null when all of them. */
export function documentFilter(
	filters: readonly Filter[],
	columns: DocumentColumns,
	sessionOf: (piece: number) => SearchedSession | null,
): ((document: number) => boolean) | null {
	const [tools, branches, models] = [named(filters, 'tool'), named(filters, 'branch'), named(filters, 'model')];
	if (tools.length + branches.length + models.length === 0) return null;
	const passing = (names: readonly (string | null)[], of: readonly Filter[]): boolean[] =>
		names.map(name => passes(of, filter => hasName(filter, name)));
	const [toolPasses, branchPasses, modelPasses] = [
		passing(columns.tools, tools),
		passing(columns.branches, branches),
		passing(columns.models, models),
	];
	const sessions = columns.pieces.map((_, piece) => {
		const session = sessionOf(piece);
		return {
			branch: passes(branches, filter => hasName(filter, session?.git_branch ?? null)),
			// What a person said, and what tools gave back, belongs to whichever models answered.
			model: passes(models, filter => session?.models.some(model => hasName(filter, model)) === true),
		};
	});
	return document => {
		const session = sessions[columns.piece[document] ?? 0];
		const branch = columns.branch[document] ?? 0;
		const model = columns.model[document] ?? 0;
		return (
			toolPasses[columns.tool[document] ?? 0] === true &&
			(branch === 0 ? session?.branch : branchPasses[branch]) === true &&
			(model === 0 ? session?.model : modelPasses[model]) === true
		);
	};
}

function hasName({ value, isWhole }: Filter, name: string | null): boolean {
	const lower = name?.toLowerCase() ?? '';
	return isWhole ? lower === value : lower.includes(value);
}

/** `bug fix`, `bug-fix` and `bug_fix` are the same. */
function hasCategory(filter: Filter, name: string | null): boolean {
	const bare = (text: string): string => text.replace(/[\s_-]/g, '');
	return name !== null && hasName({ ...filter, value: bare(filter.value) }, bare(name));
}

/** A quoted project is its name, its folder, or the end of that. */
function isPath({ value, isWhole }: Filter, path: string | null): boolean {
	const lower = path?.toLowerCase().replaceAll('\\', '/') ?? '';
	return isWhole && (lower === value || lower.endsWith(`/${value}`));
}
