/** What each kind of fact says about a session, by itself: a leaf, with a weight. `rules.ts` lets them decide. */
import { categoryOf, type L3 } from '../taxonomy.ts';
import { workOfCommand } from './commandNames.ts';
import { editedSortsOf, mainSortOf, type EditedSorts, type FileSort } from './editedFiles.ts';
import type { Evidence, SessionFacts } from './facts.ts';
import { proseOf } from './prose.ts';
import { shellSortsOf, type ShellSort } from './shellWork.ts';
import { wishOf, type Manner, type Wish } from './wish.ts';

export interface Vote {
	readonly leaf: L3;
	readonly weight: number;
	readonly evidence: Evidence;
}

/** A session's facts, each looked at once. */
export interface Work {
	readonly edited: EditedSorts;
	readonly hasEdits: boolean;
	/** So much was changed that whatever the person asked first, the work was a change. */
	readonly isChange: boolean;
}

export function workOf(facts: SessionFacts): Work {
	const edited = editedSortsOf(facts.filesEdited);
	const lines = facts.linesAdded + facts.linesRemoved;
	return { edited, hasEdits: edited.edits > 0, isChange: edited.edits >= 3 && lines >= 40 };
}

/** "asked" is the measure: three times what a lone hint from the files can say. */
const mannerWeight: Readonly<Record<Manner, number>> = { asked: 3, question: 2.6, complaint: 2.2, told: 1.2, topic: 0.9 };
/** Titles are seldom imperative: there a told "Parser tests added" is as good as asked. */
const titleWeight: Readonly<Record<Manner, number>> = { asked: 2.7, question: 2.2, complaint: 2, told: 1.8, topic: 1.4 };

export function textVotes(facts: SessionFacts, work: Work): readonly Vote[] {
	const votes: Vote[] = [];
	const { name, text } = commandIn(facts.firstPrompt);
	const named = name === null ? null : workOfCommand(name);
	if (named?.weight === 'work') votes.push({ leaf: named.leaf, weight: 2.6, evidence: { kind: 'slash command', detail: name ?? '' } });
	const first = text === null ? null : wishOf(proseOf(text));
	if (first !== null) votes.push(textVote('prompt', first, mannerWeight[first.manner], facts, work));
	const title = facts.title === null ? null : wishOf(proseOf(facts.title));
	if (title !== null) votes.push(textVote('title', title, titleWeight[title.manner], facts, work));
	const last =
		facts.lastPrompt === null || facts.lastPrompt === facts.firstPrompt ? null : wishOf(proseOf(commandIn(facts.lastPrompt).text ?? ''));
	// The last prompt is often an afterthought ("commit and push", "thanks").
	if (last !== null && last.act !== 'greet' && last.act !== 'deploy')
		votes.push(textVote('prompt', last, 0.35 * mannerWeight[last.manner], facts, work));
	return votes;
}

function commandIn(prompt: string | null): { readonly name: string | null; readonly text: string | null } {
	const match = /^\s{0,8}(\/[a-z][\w:-]{0,80})(?:\s+|$)/i.exec(prompt ?? '');
	if (match === null) return { name: null, text: prompt?.replace(acceptedPlan, '') ?? null };
	return { name: match[1] ?? null, text: prompt?.slice(match[0].length) ?? null };
}

/** What Claude Code writes before a plan it is to carry out; the plan's title is the wish. */
const acceptedPlan = /^Implement the following plan:[\s#]{0,8}(?:(?:implementation )?plan\b[:\s—–-]{0,4})?/i;

function textVote(kind: 'prompt' | 'title', wish: Wish, weight: number, facts: SessionFacts, work: Work): Vote {
	const leaf = leafAfterWork(wish, facts, work);
	const isAside = (work.isChange && isBeside(leaf, work)) || (work.hasEdits && wish.act === 'look');
	const factor = isAside ? 0.3 : wish.act === 'greet' ? 0.5 : 1;
	return { leaf, weight: weight * factor, evidence: { kind, detail: `“${wish.words.slice(0, 40)}”` } };
}

/** Talk, commits and texts about a change stand beside the work where much was changed. */
function isBeside(leaf: L3, work: Work): boolean {
	const category = categoryOf(leaf);
	// A plan or a design may be a document in the repository.
	if (category?.l2 === 'planning' || category?.l2 === 'architecture') return mainSortOf(work.edited)?.sort !== 'docs';
	if (category?.l1 === 'thinking_work' || category?.l2 === 'ops') return true;
	return (leaf === 'changelog' || leaf === 'readme') && !work.edited.bySort.has('docs');
}

/** The same words mean another leaf by what was done: a cause that was looked for and removed is a fix. */
function leafAfterWork(wish: Wish, facts: SessionFacts, work: Work): L3 {
	const { leaf, topics } = wish;
	if (!work.hasEdits) return leaf;
	const main = mainSortOf(work.edited);
	const share = (sort: FileSort): number => (work.edited.bySort.get(sort) ?? 0) / work.edited.edits;
	if (leaf === 'debugging-help')
		return topics.has('crash') ? 'crash-fix' : topics.has('error') || topics.has('check') ? 'error-fix' : 'logic-fix';
	if (leaf === 'test-fix' && share('source') >= 0.8) return topics.has('regression') ? 'regression-fix' : 'logic-fix';
	const isPlain = leaf === 'enhancement' || leaf === 'logic-fix' || leaf === 'cleanup' || leaf === 'restructure';
	if (isPlain && main !== null && main.share >= 0.9 && main.sort !== 'source') {
		if (main.sort === 'tests' && leaf === 'logic-fix' && shellSortsOf(facts.shellCommands).has('checks')) return 'error-fix';
		if (main.sort === 'tests') return leaf === 'enhancement' ? 'unit-test' : leaf === 'logic-fix' ? 'test-fix' : leaf;
		return leafOfFiles(main.sort, facts);
	}
	return leaf;
}

function leafOfFiles(sort: FileSort, facts: SessionFacts): L3 {
	switch (sort) {
		case 'tests':
			return facts.linesRemoved * 2 >= facts.linesAdded ? 'test-fix' : 'unit-test';
		case 'docs':
			return 'readme';
		case 'ci':
			return 'ci-config';
		case 'dependencies':
			return 'deps';
		case 'build':
			return 'build-config';
		case 'environment':
			return 'env-config';
		case 'source':
			return facts.linesAdded >= 300 && facts.linesRemoved * 20 <= facts.linesAdded ? 'new-component' : 'enhancement';
	}
}

const branches: readonly (readonly [RegExp, L3])[] = [
	[/(?:^|\/)(?:bug|bugfix|fix|hotfix)(?:[/_-]|$)/, 'logic-fix'],
	[/(?:^|\/)(?:refactor|refactoring)(?:[/_-]|$)/, 'restructure'],
	[/(?:^|\/)(?:cleanup)(?:[/_-]|$)/, 'cleanup'],
	[/(?:^|\/)(?:docs|doc)(?:[/_-]|$)/, 'readme'],
	[/(?:^|\/)(?:tests?)(?:[/_-]|$)/, 'unit-test'],
	[/(?:^|\/)(?:ci)(?:[/_-]|$)/, 'ci-config'],
	[/(?:^|\/)(?:deps|dependabot|renovate)(?:[/_-]|$)/, 'deps'],
	[/(?:^|\/)(?:perf|feat|feature|features|enhancement)(?:[/_-]|$)/, 'enhancement'],
];

export function fileVotes(facts: SessionFacts, work: Work): readonly Vote[] {
	const main = mainSortOf(work.edited);
	if (main === null) return [];
	const detail = `${main.edits} of ${work.edited.edits} edits in ${main.sort}`;
	const weight = main.sort === 'source' ? 1.1 : main.share >= 0.7 ? 1.8 : 1;
	const votes: Vote[] = [{ leaf: leafOfFiles(main.sort, facts), weight, evidence: { kind: 'files', detail } }];
	const branch = facts.branch?.slice(0, 120).toLowerCase() ?? '';
	const named = branches.find(([pattern]) => pattern.test(branch));
	// A branch outlives the session it was made for; it counts only where something was changed on it.
	if (named !== undefined)
		votes.push({ leaf: named[1], weight: 1.1, evidence: { kind: 'files', detail: `edits on branch ${branch.slice(0, 30)}` } });
	return votes;
}

const shellLeaves: readonly (readonly [ShellSort, number, L3, number])[] = [
	['publishing', 0.25, 'deploy', 1.5],
	['tests', 0.5, 'unit-test', 1.2],
	['dependencies', 0.4, 'deps', 1.2],
	['watching', 0.5, 'monitoring', 1.2],
];

/** Only of sessions that changed no file: in others tests and commits belong to the change. */
export function toolVotes(facts: SessionFacts, work: Work): readonly Vote[] {
	if (work.hasEdits) return [];
	const votes: Vote[] = [];
	const total = Math.min(40, facts.shellCommands.length);
	const counts = shellSortsOf(facts.shellCommands);
	for (const [sort, share, leaf, weight] of shellLeaves) {
		const count = counts.get(sort) ?? 0;
		if (total > 0 && count / total >= share)
			votes.push({ leaf, weight, evidence: { kind: 'commands', detail: `${count} of ${total} commands: ${sort}` } });
	}
	const names = Object.keys(facts.tools);
	const looked = names.filter(name => ['Read', 'Grep', 'Glob', 'LS', 'WebSearch', 'WebFetch'].includes(name));
	if (votes.length === 0 && looked.length > 0)
		votes.push({
			leaf: 'how-it-works',
			weight: 0.5,
			evidence: { kind: 'tools', detail: `only ${looked.slice(0, 3).join(', ')}; nothing edited` },
		});
	return votes;
}

export function planVotes(facts: SessionFacts, work: Work, soFar: readonly Vote[]): readonly Vote[] {
	const hasPlanned = Object.hasOwn(facts.tools, 'ExitPlanMode') || work.edited.wrotePlan;
	if (work.hasEdits || (facts.permissionMode !== 'plan' && !hasPlanned)) return [];
	// What was to be changed was only planned; a question asked in plan mode stays a question.
	const wantsChange = soFar.some(({ leaf, weight }) => weight >= 1 && categoryOf(leaf)?.l1 !== 'thinking_work');
	const weight = hasPlanned || wantsChange ? 4.5 : 0.8;
	return [
		{
			leaf: 'design-doc',
			weight,
			evidence: { kind: 'plan mode', detail: hasPlanned ? 'a plan, nothing carried out' : 'in plan mode, nothing edited' },
		},
	];
}

export function commandVotes(facts: SessionFacts, work: Work): readonly Vote[] {
	const votes: Vote[] = [];
	const first = commandIn(facts.firstPrompt).name;
	for (const [kind, counts, weight] of [
		['slash command', facts.slashCommands, 1.6],
		['skill', facts.skills, 0.9],
	] as const) {
		for (const name of Object.keys(counts).slice(0, 20)) {
			const named = workOfCommand(name);
			if (named === null || named.weight === 'alone' || name === first) continue;
			const factor = work.isChange && isBeside(named.leaf, work) ? 0.3 : 1;
			votes.push({ leaf: named.leaf, weight: weight * factor, evidence: { kind, detail: name.slice(0, 40) } });
		}
	}
	return votes;
}

/** Of a session in which nothing else happened: /model is about settings, /clear about nothing. */
export function loneCommandVote(facts: SessionFacts): Vote | null {
	let best: Vote | null = null;
	for (const name of Object.keys(facts.slashCommands).slice(0, 20)) {
		const named = workOfCommand(name);
		if (named === null) continue;
		const weight = named.leaf === 'how-it-works' ? 1.2 : named.leaf === 'monitoring' ? 1.5 : 2;
		if (weight > (best?.weight ?? 0)) best = { leaf: named.leaf, weight, evidence: { kind: 'slash command', detail: name.slice(0, 40) } };
	}
	return best;
}
