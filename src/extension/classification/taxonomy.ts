/**
 * What a session can be about, in three levels (CLS-1). The descriptions are what a model is told and what people read
 * where they choose; docs/classification.md has the rules for doubtful cases.
 */

export const taxonomy = {
	code_work: {
		feature: {
			'new-component': 'a new module, class, screen, page, command, tool or whole program',
			'new-endpoint': 'a new route or remote procedure that others call over the network',
			'new-integration': 'the program learns to work with another service, protocol, library or tool',
			enhancement: 'something that exists can do more, is shown better, or runs better (also speed)',
		},
		bug_fix: {
			'error-fix': 'an error message, exception, failing build, type error or lint error is to go',
			'logic-fix': 'it runs, but does or shows the wrong thing',
			'regression-fix': 'it worked before a change that is named or looked for',
			'crash-fix': 'it crashes, hangs, runs out of memory or loses data',
		},
		refactor: {
			rename: 'names or places of files and symbols change',
			extract: 'something becomes a part of its own; splitting',
			restructure: 'another division or flow of existing code; moving to another library or pattern',
			cleanup: 'removing what is dead, formatting, small tidying',
		},
		testing: {
			'unit-test': 'unit tests are to be written or run',
			'integration-test': 'integration tests are to be written or run',
			'e2e-test': 'end-to-end or browser tests are to be written or run',
			'test-fix': 'failing or flaky tests are to pass because the tests change',
		},
	},
	support_work: {
		docs: {
			readme: 'README, guides, CLAUDE.md and other texts, also those that instruct an assistant',
			'api-docs': 'the reference of an interface',
			'inline-docs': 'comments in code, doc comments',
			changelog: 'changelogs, release notes, summaries of what changed',
		},
		config: {
			'env-config': 'environments, editors, dotfiles, permissions, settings of Claude Code itself, login, choice of model',
			'build-config': 'build, bundler, compiler, packaging or linter set-up',
			'ci-config': 'continuous integration',
			deps: 'adding, raising or removing dependencies',
		},
		ops: {
			deploy: 'releasing, publishing, deploying; committing, merging, pushing, pull requests',
			monitoring: 'logs, status, usage; running a given program or command and reporting',
			migration: 'moving data or systems',
			backup: 'saving, restoring or cleaning up files and data',
		},
	},
	thinking_work: {
		planning: {
			'design-doc': 'a plan, specification or design is worked out and not carried out',
			spike: 'trying out or looking around to find whether and how something can be done',
			estimation: 'how large, how long, how much',
			roadmap: 'what comes in which order; splitting work into tasks and issues',
		},
		explanation: {
			'how-it-works': 'a question about how something is, works or is found; also greetings, trials of Claude, general questions',
			'debugging-help': 'finding a cause, where changing the program is not the aim',
			'code-review': 'judging code or changes that exist',
			comparison: 'which of several',
		},
		architecture: {
			'system-design': 'designing a system as the aim itself',
			'data-model': 'designing data structures or schemas as the aim itself',
			'api-design': 'designing an interface as the aim itself',
			infra: 'designing infrastructure as the aim itself',
		},
	},
} as const;

type Tree = typeof taxonomy;
export type L1 = keyof Tree;
export type L2 = { [K in L1]: keyof Tree[K] & string }[L1];
type LeavesOf<T> = T extends unknown ? keyof T & string : never;
export type L3 = { [K in L1]: LeavesOf<Tree[K][keyof Tree[K]]> }[L1];

/** One leaf of the taxonomy with what stands above it. */
export interface Category {
	readonly l1: L1;
	readonly l2: L2;
	readonly l3: L3;
}

export interface Leaf extends Category {
	readonly description: string;
}

/** Every leaf, in the order of the taxonomy. The names of level 3 are unique, and so are those of level 2. */
export const leaves: readonly Leaf[] = Object.entries(taxonomy).flatMap(([l1, kinds]) =>
	Object.entries(kinds).flatMap(([l2, names]) =>
		Object.entries(names as Readonly<Record<string, string>>).map(([l3, description]) => ({ l1, l2, l3, description }) as Leaf),
	),
);

const byName = new Map<string, Leaf>(leaves.map(leaf => [leaf.l3, leaf]));

/** The category a leaf's name stands for; null for a name outside the taxonomy. */
export function categoryOf(l3: string): Category | null {
	const leaf = byName.get(l3);
	return leaf === undefined ? null : { l1: leaf.l1, l2: leaf.l2, l3: leaf.l3 };
}

/** Whether three names are one path through the taxonomy. */
export function isCategory(l1: string, l2: string, l3: string): boolean {
	const leaf = byName.get(l3);
	return leaf !== undefined && leaf.l1 === l1 && leaf.l2 === l2;
}
