/** The names of the taxonomy as people read them, the same as on the pages (a test compares). Names, not sentences: they are not translated. */
import type { CategoryName, CategoryRow } from '../../../webview/contract/sessions.ts';

const spellings: Readonly<Record<string, string>> = { api: 'API', ci: 'CI', e2e: 'E2E', readme: 'README' };

/** "Bug fix" for `bug_fix`, "E2E test" for `e2e-test`. */
export function categoryLabel(name: CategoryName): string {
	const words = name.split(/[-_]/).map(word => (Object.hasOwn(spellings, word) ? (spellings[word] ?? word) : word));
	const text = words.join(' ');
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "Code work › Bug fix › Logic fix". */
export function categoryPath({ l1, l2, l3 }: Pick<CategoryRow, 'l1' | 'l2' | 'l3'>): string {
	return [l1, l2, l3].map(categoryLabel).join(' › ');
}

/** Below, what the rules say is a guess: of the labelled sessions they get fewer than half of such right. */
const sureFrom = 0.6;

export function isGuess({ kind, confidence }: Pick<CategoryRow, 'kind' | 'confidence'>): boolean {
	return kind === 'rules' && confidence < sureFrom;
}
