/** What slash commands and skills are for, by their names: Claude Code's own by a list, those of others by the words in them. */
import type { L3 } from '../taxonomy.ts';
import type { Act } from './acts.ts';
import { leafOf } from './leafOf.ts';
import { wordsOf } from './words.ts';

const known: ReadonlyMap<string, L3> = new Map([
	['init', 'readme'],
	['review', 'code-review'],
	['code-review', 'code-review'],
	['security-review', 'code-review'],
	['pr-comments', 'code-review'],
	['simplify', 'restructure'],
	['commit', 'deploy'],
	['commit-push-pr', 'deploy'],
	['pr', 'deploy'],
	['install-github-app', 'ci-config'],
	['ultraplan', 'design-doc'],
	['ultrareview', 'code-review'],
]);

/** Settings: they tell something only when nothing else happened. */
const settings = new Set(
	'login logout model config permissions allowed-tools mcp plugin plugins terminal-setup hooks agents ide vim theme color statusline output-style doctor effort fast privacy-settings sandbox keybindings add-dir memory migrate-installer upgrade update-config remote-env chrome extra-usage'.split(
		' ',
	),
);
const looks = new Set('usage cost context status stats insights'.split(' '));
/** Coming and going; they tell nothing of a wish. */
const manners = new Set(
	'clear compact exit quit resume continue help rename export copy feedback bug release-notes rewind btw tasks todos bashes plan fork branch desktop mobile session loop goal'.split(
		' ',
	),
);

export interface NamedWork {
	readonly leaf: L3;
	/** `work`: it does something; `alone`: it counts only when nothing else happened. */
	readonly weight: 'work' | 'alone';
}

export function workOfCommand(name: string): NamedWork | null {
	const plain = name.slice(0, 100).replace(/^\//, '').toLowerCase();
	const leaf = known.get(plain) ?? known.get(plain.split(':').at(-1) ?? '');
	if (leaf !== undefined) return { leaf, weight: 'work' };
	if (settings.has(plain)) return { leaf: 'env-config', weight: 'alone' };
	if (looks.has(plain)) return { leaf: 'monitoring', weight: 'alone' };
	if (manners.has(plain)) return { leaf: 'how-it-works', weight: 'alone' };
	return workOfWords(plain);
}

/** `/team:fix-issue`: no sentence, so that a verb counts wherever it stands. What stands before the colon is a place. */
function workOfWords(name: string): NamedWork | null {
	const words = wordsOf((name.split(':').at(-1) ?? '').replace(/[/_-]+/g, ' '));
	const act = words.find(word => word.act !== null && !untold.has(word.act))?.act ?? null;
	if (act === null) return null;
	const near = words.flatMap(({ topic }) => (topic === null ? [] : [topic])).reverse();
	return { leaf: leafOf(act, { near, far: [] }), weight: 'work' };
}

const untold: ReadonlySet<Act> = new Set<Act>(['symptom', 'lack', 'greet', 'look']);
