/** The names of the taxonomy as people read them, the same as on the pages (a test compares). */
import type { CategoryName, CategoryRow } from '../../../webview/contract/sessions.ts';
import type { Translate, Viewer } from './language.ts';

const names: Readonly<Record<string, (t: Translate) => string>> = {
	code_work: t => t('Code work'),
	feature: t => t('Feature'),
	'new-component': t => t('New component'),
	'new-endpoint': t => t('New endpoint'),
	'new-integration': t => t('New integration'),
	enhancement: t => t('Enhancement'),
	bug_fix: t => t('Bug fix'),
	'error-fix': t => t('Error fix'),
	'logic-fix': t => t('Logic fix'),
	'regression-fix': t => t('Regression fix'),
	'crash-fix': t => t('Crash fix'),
	refactor: t => t('Refactor'),
	rename: t => t('Rename'),
	extract: t => t('Extract'),
	restructure: t => t('Restructure'),
	cleanup: t => t('Cleanup'),
	testing: t => t('Testing'),
	'unit-test': t => t('Unit test'),
	'integration-test': t => t('Integration test'),
	'e2e-test': t => t('E2E test'),
	'test-fix': t => t('Test fix'),
	support_work: t => t('Support work'),
	docs: t => t('Docs'),
	readme: t => t('README'),
	'api-docs': t => t('API docs'),
	'inline-docs': t => t('Inline docs'),
	changelog: t => t('Changelog'),
	config: t => t('Config'),
	'env-config': t => t('Env config'),
	'build-config': t => t('Build config'),
	'ci-config': t => t('CI config'),
	deps: t => t('Deps'),
	ops: t => t('Ops'),
	deploy: t => t('Deploy'),
	monitoring: t => t('Monitoring'),
	migration: t => t('Migration'),
	backup: t => t('Backup'),
	thinking_work: t => t('Thinking work'),
	planning: t => t('Planning'),
	'design-doc': t => t('Design doc'),
	spike: t => t('Spike'),
	estimation: t => t('Estimation'),
	roadmap: t => t('Roadmap'),
	explanation: t => t('Explanation'),
	'how-it-works': t => t('How it works'),
	'debugging-help': t => t('Debugging help'),
	'code-review': t => t('Code review'),
	comparison: t => t('Comparison'),
	architecture: t => t('Architecture'),
	'system-design': t => t('System design'),
	'data-model': t => t('Data model'),
	'api-design': t => t('API design'),
	infra: t => t('Infra'),
};

/** "Bug fix" for `bug_fix`. A name that this version does not know is shown as it is. */
export function categoryLabel(name: CategoryName, { t }: Pick<Viewer, 't'>): string {
	return Object.hasOwn(names, name) ? (names[name]?.(t) ?? name) : name;
}

/** "Code work › Bug fix › Logic fix". */
export function categoryPath({ l1, l2, l3 }: Pick<CategoryRow, 'l1' | 'l2' | 'l3'>, viewer: Pick<Viewer, 't'>): string {
	return [l1, l2, l3].map(name => categoryLabel(name, viewer)).join(' › ');
}

/** Below, what the rules say is a guess: of the labelled sessions they get fewer than half of such right. */
const sureFrom = 0.6;

export function isGuess({ kind, confidence }: Pick<CategoryRow, 'kind' | 'confidence'>): boolean {
	return kind === 'rules' && confidence < sureFrom;
}
