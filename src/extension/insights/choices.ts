/** What the filters can be set to. Pure. */
import type { FilterChoice, FilterChoices } from '../../webview/contract/insights.ts';
import { type Column, countByCode } from './columns.ts';
import { firstIn } from './grouping.ts';
import type { SessionColumns } from './sessionColumns.ts';

const mostChoices = 200;

/** Of the sessions of scope and period, at these places. */
export function filterChoices(table: SessionColumns, places: Int32Array): FilterChoices {
	const counting = <T>(column: Column<T>, each: (value: T, sessions: number) => void): void => {
		for (const [code, sessions] of countByCode(column, places).entries()) if (sessions > 0) each(column.values[code] as T, sessions);
	};
	const [projects, branches, models] = [new Choices(), new Choices(), new Choices()];
	const levels = ([1, 2, 3] as const).map(level => ({ level, choices: new Choices() }));
	const modes: FilterChoices['modes'][number][] = [];
	counting(table.project, (project, sessions) => projects.add(project?.path ?? '', sessions, project?.name));
	counting(table.branch, (branch, sessions) => branches.add(branch, sessions));
	counting(table.models, (used, sessions) => {
		for (const model of used) models.add(model, sessions);
	});
	counting(table.category, (names, sessions) => {
		for (const { level, choices } of levels) {
			const name = names[level - 1] ?? null;
			if (name !== null) choices.add(name, sessions);
		}
	});
	counting(table.mode, (value, sessions) => void modes.push({ value, sessions }));
	return {
		projects: projects.first(),
		branches: branches.first(),
		models: models.first(),
		categories: levels.flatMap(({ level, choices }) => choices.first().map(choice => ({ ...choice, level }))),
		modes: modes.sort((a, b) => b.sessions - a.sessions),
	};
}

/** Names with their sessions. */
class Choices {
	readonly #counts = new Map<string, { readonly label: string; sessions: number }>();

	add(value: string, sessions: number, label = value): void {
		const known = this.#counts.get(value);
		if (known === undefined) this.#counts.set(value, { label, sessions });
		else known.sessions += sessions;
	}

	/** Those of most sessions. */
	first(): FilterChoice[] {
		const first = firstIn(this.#counts, mostChoices, ([a, x], [b, y]) => y.sessions - x.sessions || (a < b ? -1 : 1));
		return first.map(([value, { label, sessions }]) => ({ value, label, sessions }));
	}
}
