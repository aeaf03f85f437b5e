/** Who asked what, when: five invented weeks of work on a small ferry timetable. */

export interface Story {
	/** Its id is derived from this, so that stories can name each other. */
	readonly key: string;
	/** Days before today; 0 counts `at` in minutes before now. */
	readonly daysAgo: number;
	/** `HH:MM`, or minutes before now for today. */
	readonly at: string | number;
	readonly title: string;
	readonly branch: string;
	readonly model: 'opus' | 'sonnet' | 'haiku';
	readonly prompts: readonly string[];
	/** Tool calls a prompt leads to, about. */
	readonly effort: number;
	/** Descriptions of subagents that the first prompt starts. */
	readonly agents?: readonly string[];
	/** Begins as a copy of that story's first turn. */
	readonly forkOf?: string;
	/** After the prompt of this number the conversation is compacted. */
	readonly compactsAfter?: number;
	/** The API fails in the last turn; `final` ends the session with it. */
	readonly apiError?: 'retried' | 'final';
	/** The person stops Claude in the turn of this number and says what they meant. */
	readonly interruptedAt?: number;
	/** A call the person refuses in the last turn, with what they say instead. */
	readonly refusal?: string;
	/** `claude -p` in a script. */
	readonly headless?: boolean;
	/** A folder below the workspace in which it was started. */
	readonly folder?: string;
	/** Another project, in a folder beside the workspace. */
	readonly beside?: string;
}

export const stories: readonly [Story, ...Story[]] = [
	{
		key: 'offline',
		daysAgo: 0,
		at: 48,
		title: 'Cache timetables for offline use',
		branch: 'feature/offline',
		model: 'opus',
		prompts: [
			'Passengers lose signal on the water. Keep the last timetable they looked at so the page still works offline.',
			'Show since when the data is cached, in small print below the table',
			'no, use the local time zone of the harbour, not of the phone',
		],
		effort: 9,
		agents: ['Find every fetch of a timetable', 'Compare cache strategies of service workers'],
	},
	{
		key: 'offline-fork',
		daysAgo: 0,
		at: 21,
		title: 'Try IndexedDB instead of the cache storage',
		branch: 'feature/offline',
		model: 'opus',
		prompts: ['Same goal, but keep the departures in IndexedDB so that we can query them by harbour'],
		effort: 6,
		forkOf: 'offline',
	},
	{
		key: 'flaky',
		daysAgo: 0,
		at: 205,
		title: 'Find out why the tide test is flaky',
		branch: 'main',
		model: 'sonnet',
		prompts: ['tide.test.ts fails about one run in ten on CI. Find out why, do not just retry it.', 'good. commit that'],
		effort: 7,
	},
	{
		key: 'notes',
		daysAgo: 1,
		at: '17:20',
		title: 'Draft the release notes for 1.4',
		branch: 'main',
		model: 'haiku',
		prompts: ['Write release notes for 1.4 from the commits since the last tag, for passengers, not for developers'],
		effort: 3,
		headless: true,
	},
	{
		key: 'fares',
		daysAgo: 1,
		at: '10:05',
		title: 'Add group fares',
		branch: 'feature/group-fares',
		model: 'opus',
		prompts: [
			'Groups of ten and more get 15 % off, but not on the night ferry. Where would that go? Explain first, change nothing.',
			'Do it the second way',
			'The rounding is wrong: 3 x 4.25 must be 12.75',
			'Add the cases from fares.md as tests',
		],
		effort: 8,
		agents: ['Read how fares are rounded'],
		interruptedAt: 1,
	},
	{
		key: 'login',
		daysAgo: 2,
		at: '14:40',
		title: 'Fix the login redirect loop',
		branch: 'fix/login-loop',
		model: 'sonnet',
		prompts: ['After the session expires the login page redirects to itself forever. Reproduce it, then fix it.', 'add a test for it'],
		effort: 6,
		apiError: 'retried',
	},
	{
		key: 'types',
		daysAgo: 2,
		at: '09:15',
		title: 'Make the schedule parser strict',
		branch: 'main',
		model: 'sonnet',
		prompts: ['parseSchedule returns any. Give it real types and fix what breaks.'],
		effort: 10,
	},
	{
		key: 'map',
		daysAgo: 3,
		at: '11:30',
		title: 'Draw the routes on a map',
		branch: 'feature/map',
		model: 'opus',
		prompts: [
			'Draw the three routes on a map of the bay. No map service, just an SVG from the coordinates in routes.json.',
			'The island is missing. Its outline is in coast.json.',
			'Make the lines as thick as the number of departures',
			'now the same for the print style sheet, in black and white',
		],
		effort: 9,
		compactsAfter: 2,
	},
	{
		key: 'a11y',
		daysAgo: 4,
		at: '15:55',
		title: 'Make the timetable readable for screen readers',
		branch: 'fix/a11y',
		model: 'sonnet',
		prompts: ['The timetable is a pile of divs. Make it a table that a screen reader can read by row and column.', 'headings too'],
		effort: 6,
	},
	{
		key: 'deps',
		daysAgo: 5,
		at: '08:50',
		title: 'Update the dependencies',
		branch: 'chore/deps',
		model: 'haiku',
		prompts: ['Update all dependencies, one commit each, run the tests after each'],
		effort: 12,
		refusal: 'not the date library, we replace it next month',
	},
	{
		key: 'tide',
		daysAgo: 7,
		at: '13:10',
		title: 'Warn when low tide cancels a departure',
		branch: 'feature/tides',
		model: 'opus',
		prompts: [
			'The small pier cannot be used below 0.4 m. Warn on every departure from there that falls into low tide.',
			'Use the tide table of the harbour office, tides.csv, not the formula',
			'What happens at midnight?',
		],
		effort: 9,
		agents: ['Check the tide table for gaps', 'Look for other places that compute tides'],
	},
	{
		key: 'tide-fork',
		daysAgo: 7,
		at: '15:45',
		title: 'Tide warnings as calendar entries',
		branch: 'feature/tides',
		model: 'sonnet',
		prompts: ['Now offer the warnings as an .ics file people can subscribe to'],
		effort: 5,
		forkOf: 'tide',
	},
	{
		key: 'ci',
		daysAgo: 8,
		at: '16:30',
		title: 'Cache the browser download on CI',
		branch: 'chore/ci',
		model: 'haiku',
		prompts: ['CI downloads Chromium on every run. Cache it.'],
		effort: 3,
	},
	{
		key: 'review',
		daysAgo: 9,
		at: '10:20',
		title: 'Review the booking form',
		branch: 'feature/booking',
		model: 'opus',
		prompts: ['Review the booking form on this branch. Look for data loss first, style last.', 'fix 1, 2 and 4'],
		effort: 7,
		agents: ['Review the server side', 'Review the form', 'Try to break the validation'],
	},
	{
		key: 'api',
		daysAgo: 11,
		at: '09:40',
		title: 'Public API for departures',
		branch: 'feature/api',
		model: 'opus',
		prompts: [
			'Design a small JSON API for departures. Two endpoints at most. Write the design to docs/api.md before any code.',
			'Leave the authentication out for now',
			'implement it',
		],
		effort: 9,
		folder: 'server',
	},
	{
		key: 'limit',
		daysAgo: 11,
		at: '18:05',
		title: 'Rate limit for the API',
		branch: 'feature/api',
		model: 'sonnet',
		prompts: ['Add a rate limit per key, in memory, with a clear 429'],
		effort: 4,
		apiError: 'final',
		folder: 'server',
	},
	{
		key: 'dates',
		daysAgo: 14,
		at: '11:00',
		title: 'Daylight saving moves the last ferry',
		branch: 'fix/dst',
		model: 'sonnet',
		prompts: ['On the night the clocks change the 02:30 ferry appears twice. Find it and fix it.', 'test both directions'],
		effort: 6,
	},
	{
		key: 'print',
		daysAgo: 15,
		at: '15:20',
		title: 'Print style sheet',
		branch: 'main',
		model: 'haiku',
		prompts: ['People print the timetable for the fridge. One page, no colours, large times.'],
		effort: 3,
	},
	{
		key: 'slow',
		daysAgo: 17,
		at: '10:45',
		title: 'Why is the start page slow?',
		branch: 'main',
		model: 'opus',
		prompts: ['The start page takes 3 s on a phone. Measure first, then tell me the three things that matter most.', 'do the first'],
		effort: 8,
		agents: ['Measure the bundle'],
	},
	{
		key: 'search',
		daysAgo: 20,
		at: '13:35',
		title: 'Search harbours by name',
		branch: 'feature/search',
		model: 'sonnet',
		prompts: ['Let people search harbours by name, with typos', 'it should find "Sankt" for "St."'],
		effort: 6,
	},
	{
		key: 'migrate',
		daysAgo: 22,
		at: '09:05',
		title: 'Move the timetable from CSV to SQLite',
		branch: 'feature/sqlite',
		model: 'opus',
		prompts: [
			'Move the timetable from the CSV files into SQLite. Keep the CSV import for the harbour office.',
			'and a check that both hold the same departures',
			'The import must be all or nothing',
		],
		effort: 11,
		compactsAfter: 1,
		folder: 'server',
	},
	{
		key: 'readme',
		daysAgo: 24,
		at: '17:00',
		title: 'README for new contributors',
		branch: 'main',
		model: 'haiku',
		prompts: ['Write a README that lets somebody new run this in five minutes. Try every command you write down.'],
		effort: 5,
	},
	{
		key: 'seats',
		daysAgo: 27,
		at: '14:15',
		title: 'Count free seats',
		branch: 'feature/booking',
		model: 'sonnet',
		prompts: ['Show the free seats for each departure; never promise one that is gone', 'what if two people book the last one?'],
		effort: 7,
	},
	{
		key: 'i18n',
		daysAgo: 30,
		at: '10:30',
		title: 'Translate the page into Danish and German',
		branch: 'feature/i18n',
		model: 'sonnet',
		prompts: ['Prepare the page for translation, then add Danish and German'],
		effort: 8,
		agents: ['Collect all texts of the page'],
	},
	{
		key: 'signs',
		daysAgo: 3,
		at: '08:40',
		title: 'Show departures on the signs at the pier',
		branch: 'main',
		model: 'sonnet',
		prompts: ['The signs at the pier still show the winter timetable. Find out where they get it from.', 'use the JSON endpoint instead'],
		effort: 5,
		beside: 'pier-signs',
	},
	{
		key: 'sign-font',
		daysAgo: 12,
		at: '16:10',
		title: 'Larger digits on the signs',
		branch: 'feature/digits',
		model: 'haiku',
		prompts: ['Make the digits on the signs as large as the display allows, and keep the last line readable'],
		effort: 4,
		beside: 'pier-signs',
	},
	{
		key: 'start',
		daysAgo: 33,
		at: '09:25',
		title: 'Set up the project',
		branch: 'main',
		model: 'opus',
		prompts: [
			'Set up a small TypeScript project for a ferry timetable: server, page, tests. As few dependencies as possible.',
			'read the departures from the CSV in data/',
		],
		effort: 8,
	},
];
