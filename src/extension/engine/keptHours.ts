import { type HourTable, hourTable } from '../insights/hourTable.ts';
import type { LocalCalendar } from '../insights/localTime.ts';
import { everyOne } from '../insights/selection.ts';
import type { KeptHistory } from './keptHistory.ts';

/** Tables of a large history have some megabytes: that of all models, and those of the models that were asked for last. */
const mostTables = 3;

/** The hours of all sessions, kept as long as no session changes. */
export class KeptHours {
	readonly #history: KeptHistory;
	readonly #tables = new Map<string | null, HourTable>();
	#of: readonly [version: number, timeZone: string] | null = null;

	constructor(history: KeptHistory) {
		this.#history = history;
	}

	/** With the usage of a model, or of all. */
	table(model: string | null, calendar: LocalCalendar): HourTable {
		const { table: sessions, version } = this.#history;
		if (this.#of?.[0] !== version || this.#of[1] !== calendar.timeZone) this.#tables.clear();
		this.#of = [version, calendar.timeZone];
		let table = this.#tables.get(model);
		if (table === undefined) {
			const oldest = [...this.#tables.keys()].find(each => each !== null);
			if (this.#tables.size >= mostTables && oldest !== undefined) this.#tables.delete(oldest);
			table = hourTable(everyOne(sessions, model), calendar);
			this.#tables.set(model, table);
		}
		return table;
	}
}
