/** What the filters can be set to. Pure. */
import type { FilterChoice, FilterChoices } from '../../webview/contract/insights.ts';
import type { SessionMode } from '../../webview/contract/sessions.ts';
import type { SessionHistory } from './history.ts';

const mostChoices = 200;

interface Counted {
	readonly label: string;
	sessions: number;
}

/** Of the sessions of scope and period. */
export function filterChoices(sessions: readonly SessionHistory[]): FilterChoices {
	const projects = new Map<string, Counted>();
	const branches = new Map<string, Counted>();
	const models = new Map<string, Counted>();
	const levels = [new Map<string, Counted>(), new Map<string, Counted>(), new Map<string, Counted>()] as const;
	const modes = new Map<SessionMode, number>();
	for (const { row, project, models: used } of sessions) {
		count(projects, project?.path ?? '', project?.name);
		count(branches, row.git_branch ?? '');
		for (const model of used) count(models, model);
		for (const [i, name] of [row.category_l1, row.category_l2, row.category_l3].entries()) {
			const level = levels[i];
			if (name !== null && level !== undefined) count(level, name);
		}
		modes.set(row.mode, (modes.get(row.mode) ?? 0) + 1);
	}
	return {
		projects: choicesOf(projects),
		branches: choicesOf(branches),
		models: choicesOf(models),
		categories: ([1, 2, 3] as const).flatMap(level =>
			choicesOf(levels[level - 1] ?? new Map<string, Counted>()).map(choice => ({ ...choice, level })),
		),
		modes: [...modes].map(([value, sessions]) => ({ value, sessions })).sort((a, b) => b.sessions - a.sessions),
	};
}

function count(counts: Map<string, Counted>, value: string, label = value): void {
	const counted = counts.get(value);
	if (counted === undefined) counts.set(value, { label, sessions: 1 });
	else counted.sessions++;
}

function choicesOf(counts: ReadonlyMap<string, Counted>): FilterChoice[] {
	return [...counts]
		.map(([value, { label, sessions }]) => ({ value, label, sessions }))
		.sort((a, b) => b.sessions - a.sessions || (a.value < b.value ? -1 : 1))
		.slice(0, mostChoices);
}
