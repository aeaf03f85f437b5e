/** What the window says, as it stands now, and what follows from it: prices, the calendar of the viewer, Claude's places. */
import { homedir } from 'node:os';
import { claudePlaces, type FoundPlaces } from '../claude/places.ts';
import { PriceBook } from '../claude/prices.ts';
import { LocalCalendar } from '../insights/localTime.ts';
import { noTimeMs, type PricedUsage } from '../store/index/usage.ts';
import type { EngineOptions } from './api.ts';

export class CurrentOptions {
	readonly #env: Readonly<Record<string, string | undefined>>;
	#all: EngineOptions;
	#prices: PriceBook;
	/** Made when a view asks first: loading the system's time zones takes 60 ms, and a report needs none. */
	#calendar: LocalCalendar | null = null;

	constructor(options: EngineOptions, env: Readonly<Record<string, string | undefined>>) {
		this.#env = env;
		this.#all = options;
		this.#prices = new PriceBook(options.priceOverrides);
	}

	get all(): EngineOptions {
		return this.#all;
	}

	get prices(): PriceBook {
		return this.#prices;
	}

	get calendar(): LocalCalendar {
		return (this.#calendar ??= new LocalCalendar(this.#all.timeZone));
	}

	change(change: Partial<EngineOptions>): void {
		this.#all = { ...this.#all, ...change };
		if (change.timeZone !== undefined) this.#calendar = null;
		if (change.priceOverrides !== undefined) this.#prices = new PriceBook(change.priceOverrides);
	}

	/** First instant of the viewer's day. */
	dayStart(now: Date): Date {
		return new Date(this.calendar.startOf(this.calendar.dayOf(now.getTime())));
	}

	/** Dollars; null where the model has no known price (MODEL-6). */
	costOf(usage: PricedUsage): number | null {
		return this.#prices.costOf({
			model: usage.model,
			tokens: usage.tokens,
			webSearches: usage.webSearches,
			isFast: usage.isFast,
			isLong: usage.isLong,
			atMs: usage.quarterMs === noTimeMs ? null : usage.quarterMs,
		});
	}

	places(): Promise<FoundPlaces> {
		const { claudeDirs, replaceDefaults } = this.#all;
		return claudePlaces({
			commandLineDirs: replaceDefaults ? claudeDirs : [],
			settingDirs: replaceDefaults ? [] : claudeDirs,
			env: this.#env,
			home: homedir(),
			platform: process.platform,
		});
	}
}
