/** What sort of files a session changed, by their paths alone. */
import type { EditedFile } from './facts.ts';

export type FileSort = 'source' | 'tests' | 'docs' | 'ci' | 'dependencies' | 'build' | 'environment';

export interface EditedSorts {
	/** Edits of files that count; plans and scratch files of Claude's own do not. */
	readonly edits: number;
	readonly bySort: ReadonlyMap<FileSort, number>;
	/** Plan files of Claude Code were written. */
	readonly wrotePlan: boolean;
}

const sorts: readonly (readonly [FileSort, RegExp])[] = [
	[
		'ci',
		/\/\.github\/(?:workflows|actions)\/|\/\.gitlab-ci\.ya?ml$|\/\.circleci\/|\/jenkinsfile$|\/azure-pipelines[^/]{0,40}\.ya?ml$|\/\.travis\.ya?ml$|\/bitbucket-pipelines\.ya?ml$/,
	],
	[
		'dependencies',
		/\/(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|requirements[\w-]{0,30}\.txt|poetry\.lock|uv\.lock|cargo\.lock|go\.(?:mod|sum)|gemfile(?:\.lock)?|composer\.lock)$/,
	],
	[
		'build',
		/\/(?:package\.json|tsconfig[\w.-]{0,30}\.json|(?:webpack|vite|rollup|esbuild|babel|jest|vitest|next|eslint|prettier|postcss|tailwind|metro)\.config\.[cm]?[jt]s|\.eslintrc[\w.]{0,10}|\.prettierrc[\w.]{0,10}|\.markdownlint[\w.]{0,10}|\.babelrc|makefile|justfile|cmakelists\.txt|dockerfile|\.dockerignore|build\.gradle(?:\.kts)?|pom\.xml|pyproject\.toml|setup\.(?:py|cfg)|cargo\.toml|biome\.json|\.golangci\.ya?ml|ruff\.toml)$/,
	],
	[
		'environment',
		/\/\.claude(?:\.json$|\/settings(?:\.local)?\.json$|\/hooks\/)|\/\.mcp\.json$|\/\.vscode\/|\/\.idea\/|\/\.devcontainer\/|\/\.env(?:\.[\w-]{1,20})?$|\/\.(?:zshrc|bashrc|bash_profile|zprofile|profile|vimrc|gitconfig|tmux\.conf|editorconfig|npmrc|nvmrc)$|\/\.config\//,
	],
	[
		'tests',
		/\/(?:tests?|__tests__|specs?|e2e|cypress|integration[_-]tests?|testdata|fixtures)\/|[._-](?:test|spec|tests)\.\w{1,8}$|\/test_[^/]{1,80}\.py$|_test\.\w{1,6}$|tests?\.(?:java|kt|cs|swift|php)$/,
	],
	['docs', /\.(?:md|mdx|rst|adoc|txt|org)$|\/(?:license|authors|changelog)$/],
];

const ownFiles = /\/\.claude\/(?:plans|projects|todos|tasks|jobs)\/|\/memory\/memory\.md$/;
const scratch = /^\/(?:private\/)?tmp\/|\/scratchpad\//;

export function editedSortsOf(files: readonly EditedFile[]): EditedSorts {
	const bySort = new Map<FileSort, number>();
	let edits = 0;
	let wrotePlan = false;
	for (const file of files) {
		const path = `/${file.path.slice(-300).replaceAll('\\', '/').toLowerCase()}`;
		if (ownFiles.test(path)) {
			wrotePlan ||= path.includes('/.claude/plans/');
			continue;
		}
		if (scratch.test(path.slice(1))) continue;
		const sort = sorts.find(([, pattern]) => pattern.test(path))?.[0] ?? 'source';
		const count = Number.isFinite(file.edits) ? Math.max(0, file.edits) : 0;
		bySort.set(sort, (bySort.get(sort) ?? 0) + count);
		edits += count;
	}
	return { edits, bySort, wrotePlan };
}

/**
 * The sort a session's edits went to, with its share; null without an edit. Source counts from a quarter on: tests and
 * documents go along with a change, seldom the other way round.
 */
export function mainSortOf({
	edits,
	bySort,
}: EditedSorts): { readonly sort: FileSort; readonly edits: number; readonly share: number } | null {
	const source = bySort.get('source') ?? 0;
	if (edits > 0 && source / edits >= 0.25) return { sort: 'source', edits: source, share: source / edits };
	let best: { sort: FileSort; edits: number; share: number } | null = null;
	for (const [sort, count] of bySort) if (count > (best?.edits ?? 0)) best = { sort, edits: count, share: count / edits };
	return best;
}
