/** What the leaves of the taxonomy mean, as people read it where they choose: in English what a model is told (a test compares). */
import type { TaxonomyLeaf } from '../../engine/api.ts';
import type { Translate, Viewer } from './language.ts';

const descriptions: Readonly<Record<string, (t: Translate) => string>> = {
	'new-component': t => t('a new module, class, screen, page, command, tool or whole program'),
	'new-endpoint': t => t('a new route or remote procedure that others call over the network'),
	'new-integration': t => t('the program learns to work with another service, protocol, library or tool'),
	enhancement: t => t('something that exists can do more, is shown better, or runs better (also speed)'),
	'error-fix': t => t('an error message, exception, failing build, type error or lint error is to go'),
	'logic-fix': t => t('it runs, but does or shows the wrong thing'),
	'regression-fix': t => t('it worked before a change that is named or looked for'),
	'crash-fix': t => t('it crashes, hangs, runs out of memory or loses data'),
	rename: t => t('names or places of files and symbols change'),
	extract: t => t('something becomes a part of its own; splitting'),
	restructure: t => t('another division or flow of existing code; moving to another library or pattern'),
	cleanup: t => t('removing what is dead, formatting, small tidying'),
	'unit-test': t => t('unit tests are to be written or run'),
	'integration-test': t => t('integration tests are to be written or run'),
	'e2e-test': t => t('end-to-end or browser tests are to be written or run'),
	'test-fix': t => t('failing or flaky tests are to pass because the tests change'),
	readme: t => t('README, guides, CLAUDE.md and other texts, also those that instruct an assistant'),
	'api-docs': t => t('the reference of an interface'),
	'inline-docs': t => t('comments in code, doc comments'),
	changelog: t => t('changelogs, release notes, summaries of what changed'),
	'env-config': t => t('environments, editors, dotfiles, permissions, settings of Claude Code itself, login, choice of model'),
	'build-config': t => t('build, bundler, compiler, packaging or linter set-up'),
	'ci-config': t => t('continuous integration'),
	deps: t => t('adding, raising or removing dependencies'),
	deploy: t => t('releasing, publishing, deploying; committing, merging, pushing, pull requests'),
	monitoring: t => t('logs, status, usage; running a given program or command and reporting'),
	migration: t => t('moving data or systems'),
	backup: t => t('saving, restoring or cleaning up files and data'),
	'design-doc': t => t('a plan, specification or design is worked out and not carried out'),
	spike: t => t('trying out or looking around to find whether and how something can be done'),
	estimation: t => t('how large, how long, how much'),
	roadmap: t => t('what comes in which order; splitting work into tasks and issues'),
	'how-it-works': t => t('a question about how something is, works or is found; also greetings, trials of Claude, general questions'),
	'debugging-help': t => t('finding a cause, where changing the program is not the aim'),
	'code-review': t => t('judging code or changes that exist'),
	comparison: t => t('which of several'),
	'system-design': t => t('designing a system as the aim itself'),
	'data-model': t => t('designing data structures or schemas as the aim itself'),
	'api-design': t => t('designing an interface as the aim itself'),
	infra: t => t('designing infrastructure as the aim itself'),
};

/** A leaf that this window has no words for, as of another version of the engine, is described as it is given. */
export function categoryDescription({ l3, description }: TaxonomyLeaf, { t }: Pick<Viewer, 't'>): string {
	return descriptions[l3]?.(t) ?? description;
}
