/** What the person asks for, and how they go on: the words of titles and prompts. */
import type { Random } from '../historyGenerator/random.ts';
import type { Subjects } from './subjects.ts';

export interface Wish {
	readonly name: string;
	/** How often. */
	readonly weight: number;
	readonly of: keyof Subjects;
	/** From the subject to the title of the session, and to what is typed first. */
	readonly title: (subject: string) => string;
	readonly prompt: (subject: string) => string;
	/** Prefix of the branch it is done on; null where it needs none. */
	readonly branch: 'feature' | 'fix' | 'chore' | null;
	/** Whether files are changed. */
	readonly isEditing: boolean;
	/** Prompts and steps, against those of an ordinary session. */
	readonly size: number;
}

export const wishes: readonly [Wish, ...Wish[]] = [
	{
		name: 'feature',
		weight: 26,
		of: 'features',
		title: subject => `Add ${subject}`,
		prompt: subject => `Add ${subject}.`,
		branch: 'feature',
		isEditing: true,
		size: 1.4,
	},
	{
		name: 'fix',
		weight: 28,
		of: 'bugs',
		title: subject => `Fix ${subject}`,
		prompt: subject => `Fix ${subject}.`,
		branch: 'fix',
		isEditing: true,
		size: 1,
	},
	{
		name: 'tests',
		weight: 10,
		of: 'parts',
		title: subject => `Write unit tests for ${subject}`,
		prompt: subject => `Write unit tests for ${subject}.`,
		branch: null,
		isEditing: true,
		size: 0.9,
	},
	{
		name: 'extract',
		weight: 8,
		of: 'parts',
		title: subject => `Extract ${subject} into a module`,
		prompt: subject => `Extract ${subject} into its own module.`,
		branch: 'chore',
		isEditing: true,
		size: 1.1,
	},
	{
		name: 'explain',
		weight: 10,
		of: 'parts',
		title: subject => `Explain ${subject}`,
		prompt: subject => `How does ${subject} work?`,
		branch: null,
		isEditing: false,
		size: 0.5,
	},
	{
		name: 'why',
		weight: 5,
		of: 'bugs',
		title: subject => `Find out the cause of ${subject}`,
		prompt: subject => `Find out why this happens: ${subject}. Change nothing.`,
		branch: null,
		isEditing: false,
		size: 0.7,
	},
	{
		name: 'review',
		weight: 5,
		of: 'parts',
		title: subject => `Review ${subject}`,
		prompt: subject => `Review ${subject}.`,
		branch: null,
		isEditing: false,
		size: 0.6,
	},
	{
		name: 'upgrade',
		weight: 7,
		of: 'dependencies',
		title: subject => `Upgrade ${subject}`,
		prompt: subject => `Upgrade ${subject}.`,
		branch: 'chore',
		isEditing: true,
		size: 0.8,
	},
	{
		name: 'document',
		weight: 5,
		of: 'parts',
		title: subject => `Document ${subject} in the README`,
		prompt: subject => `Document ${subject} in the README.`,
		branch: null,
		isEditing: true,
		size: 0.5,
	},
	{
		name: 'plan',
		weight: 4,
		of: 'features',
		title: subject => `Plan how to add ${subject}`,
		prompt: subject => `Write a plan how to add ${subject}. No code yet.`,
		branch: null,
		isEditing: false,
		size: 0.6,
	},
];

const details: readonly [string, ...string[]] = [
	'Look at how the neighbouring module does it and keep its style. Tests first, then the change, and tell me what you left out.',
	'It has to work without JavaScript too, and nothing of the public interface may change. Show me the plan before the first edit.',
	'Start with a test that fails for the right reason. Keep the change small, one commit for each step, and no new dependency.',
	'The customer reported it last week with the numbers in docs/report.md; use exactly these as a test case and keep the old ones green.',
	'Only this module, nothing around it. If something else has to change as well, stop and ask me before you touch it.',
];

/** Of a person who says what they want in detail. */
export const detailed = (random: Random, prompt: string): string => `${prompt} ${random.pick(details)}`;

export const followUps: readonly [string, ...string[]] = [
	'good. commit that',
	'and the same for the settings page',
	'add a test for the empty case',
	'what happens when two people do that at once?',
	'now write one line about it into the changelog',
	'run everything once more',
	'make the message shorter',
	'show me the diff of the last step',
	'rename it to what the docs call it',
	'ok, next step',
];

export const corrections: readonly [string, ...string[]] = [
	"no, that's not what I meant: leave the public names alone",
	'it still does not work when the list is empty',
	'you forgot the German texts',
	"that's not what I asked for. Only the first case, please",
	'no, use the function we have for that',
	'you edited the wrong file, the form is in the other folder',
];

export const closings: readonly [string, ...string[]] = [
	'Done. The tests pass; I changed two files and left the rest alone.',
	'That is fixed. A test now covers the case you described.',
	'Here is what I found, with the three places that matter.',
	'It works in both directions now. One thing is left for you to decide, see the note in the code.',
];
