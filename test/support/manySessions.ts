/** Rows of sessions in large numbers, written straight into an index: for lists, which ask nothing else. Seeded. */
import type { IndexTables } from '../../src/extension/store/index/indexTables.ts';
import { Random } from './historyGenerator/random.ts';

export interface ManySessionsOptions {
	readonly count: number;
	/** The newest is a minute old then. */
	readonly nowMs: number;
	readonly days: number;
	readonly seed?: string;
}

const leaves = [
	['code_work', 'bug_fix', 'logic-fix'],
	['code_work', 'feature', 'enhancement'],
	['support_work', 'docs', 'readme'],
	['thinking_work', 'planning', 'spike'],
] as const;
const topics = ['timetable', 'checkout', 'search', 'Übersicht', '設定', 'login', 'export', 'tide table'];
const models = ['claude-opus-4-5', 'claude-sonnet-4-5', 'claude-haiku-4-5'];
const statuses = ['completed', 'waiting_for_input', 'processing', 'error', 'not_started'];

export const manySessionId = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** Some have no time, no branch, no category, no project, no model; some are forks, gone or stubs. */
export function writeManySessions(tables: IndexTables, { count, nowMs, days, seed = 'many' }: ManySessionsOptions): void {
	const random = new Random(seed);
	const projects = Array.from({ length: 12 }, (_, index) =>
		tables.sessions.projectIdOf(`/home/dev/team-${index % 3}/app-${index}`, `app-${index}`),
	);
	tables.change(() => {
		for (let index = 0; index < count; index++) {
			const age = Math.floor((index / count) ** 2 * days * 86_400_000) + 60_000;
			const endedMs = random.chance(0.005) ? null : nowMs - age;
			const leaf = random.chance(0.05) ? null : leaves[random.integer(0, leaves.length - 1)];
			const isFork = index > 10 && random.chance(0.03);
			tables.sessions.update(tables.sessions.rowIdOf(manySessionId(index)), {
				project_id: random.chance(0.02) ? null : (projects[random.integer(0, projects.length - 1)] ?? null),
				title: random.chance(0.01) ? null : `${topics[index % topics.length] ?? ''} ${index}`,
				first_prompt: `Please look at ${topics[random.integer(0, topics.length - 1)] ?? ''} and say what is wrong. `.repeat(5),
				git_branch: random.chance(0.1) ? null : `feature/${random.integer(0, 149)}`,
				mode: isFork ? 'forked' : random.chance(0.1) ? 'background' : 'interactive',
				parent_session_id: isFork ? manySessionId(random.integer(0, index - 1)) : null,
				started_at: endedMs === null ? null : new Date(endedMs - random.integer(1, 200) * 60_000).toISOString(),
				ended_at: endedMs === null ? null : new Date(endedMs).toISOString(),
				active_ms: random.integer(0, 5_000_000),
				input_tokens: random.integer(0, 5_000),
				output_tokens: random.integer(0, 90_000),
				cost_usd: random.chance(0.05) ? null : random.integer(0, 4_000) / 100,
				models: random.chance(0.02) ? null : JSON.stringify(models.filter((_, place) => place === index % 3 || random.chance(0.1))),
				claude_status: statuses[random.chance(0.8) ? 0 : random.integer(1, 4)] ?? null,
				gone_at: random.chance(0.05) ? new Date(nowMs).toISOString() : null,
				is_stub: random.chance(0.01) ? 1 : 0,
				category_l1: leaf?.[0] ?? null,
				category_l2: leaf?.[1] ?? null,
				category_l3: leaf?.[2] ?? null,
				category_confidence: leaf === null || leaf === undefined ? null : 0.7,
				category_source: leaf === null || leaf === undefined ? null : 'rules@1',
			});
		}
	});
}
