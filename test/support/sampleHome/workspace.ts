/** The project the sample sessions are about, small enough to be read. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Paths below the workspace that sessions read and edit. */
export const sourceFiles = [
	'src/timetable.ts',
	'src/tides.ts',
	'src/fares.ts',
	'server/schedule.ts',
	'server/departures.ts',
	'test/tide.test.ts',
] as const;

const files: Readonly<Record<string, string>> = {
	'README.md':
		'# Harbour Ferries\n\nTimetable of the three ferries in the bay.\n\nThis is a sample workspace: its Claude Code sessions are invented, so that you can look around.\n',
	'package.json': '{\n  "name": "harbour-ferries",\n  "private": true,\n  "type": "module"\n}\n',
	'data/departures.csv': 'route,from,to,time\nA,Old Pier,Island,06:30\nA,Island,Old Pier,07:15\nB,Old Pier,Lighthouse,08:00\n',
	'src/timetable.ts':
		"import type { Departure } from '../server/departures.ts';\n\n/** Departures of one route, earliest first. */\nexport function timetable(departures: readonly Departure[], route: string): readonly Departure[] {\n\treturn departures.filter(departure => departure.route === route).sort((a, b) => a.time.localeCompare(b.time));\n}\n",
	'src/tides.ts':
		'/** The small pier cannot be used below this, in metres. */\nexport const lowestUsableTide = 0.4;\n\nexport function isUsable(tide: number): boolean {\n\treturn tide >= lowestUsableTide;\n}\n',
	'src/fares.ts':
		'/** Price of a group in cents; ten and more pay 15 % less, except at night. */\nexport function groupFare(single: number, people: number, night: boolean): number {\n\treturn Math.round(single * people * (people >= 10 && !night ? 0.85 : 1));\n}\n',
	'server/departures.ts':
		"export interface Departure {\n\treadonly route: string;\n\treadonly from: string;\n\treadonly to: string;\n\t/** HH:MM in the harbour's time zone. */\n\treadonly time: string;\n}\n",
	'server/schedule.ts':
		"import type { Departure } from './departures.ts';\n\nexport function parseSchedule(csv: string): readonly Departure[] {\n\tconst [, ...lines] = csv.trim().split('\\n');\n\treturn lines.map(line => {\n\t\tconst [route = '', from = '', to = '', time = ''] = line.split(',');\n\t\treturn { route, from, to, time };\n\t});\n}\n",
	'test/tide.test.ts':
		"import assert from 'node:assert/strict';\nimport { isUsable } from '../src/tides.ts';\n\nassert.equal(isUsable(0.39), false);\nassert.equal(isUsable(0.4), true);\n",
};

export async function writeSampleWorkspace(folder: string): Promise<void> {
	for (const [path, text] of Object.entries(files)) {
		const file = join(folder, path);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text);
	}
}

/** What Claude would see when it reads the file. */
export function sourceText(path: string): string {
	return files[path] ?? '';
}
