/** What a session's shell commands were for. A command may stand behind others (`cd x && git push`). */
import { testCommand } from '../../claude/shellCommands.ts';

export type ShellSort = 'publishing' | 'tests' | 'dependencies' | 'watching' | 'checks' | 'reading' | 'other';

const sorts: readonly (readonly [ShellSort, RegExp])[] = [
	[
		'publishing',
		/^(?:git (?:-C \S{1,200} )?(?:push|commit|merge|tag|rebase|cherry-pick)\b|gh (?:pr (?:create|merge|ready)|release)\b|glab mr\b|(?:npm|yarn|pnpm|cargo|uv) publish\b|twine upload\b|docker push\b|kubectl (?:apply|rollout|set)\b|helm (?:install|upgrade)\b|terraform apply\b|vercel\b|netlify deploy\b|wrangler (?:deploy|publish)\b|fly deploy\b|firebase deploy\b|eas (?:build|submit)\b)/,
	],
	['tests', testCommand],
	[
		'dependencies',
		/^(?:(?:npm|pnpm|bun) (?:i|install|ci|add|remove|uninstall|update|upgrade|audit|outdated)\b|yarn (?:add|remove|upgrade|install)\b|(?:pip3?|uv|poetry|cargo|composer|gem|bundle) (?:pip )?(?:install|add|remove|update|sync|lock)\b|go (?:get|mod)\b|brew (?:install|upgrade)\b|apt(?:-get)? install\b)/,
	],
	[
		'watching',
		/^(?:tail|journalctl|ps|top|htop|df|du|free|uptime|sleep|watch|kubectl (?:get|logs|describe)|docker (?:ps|logs|stats)|systemctl status|gh run|ccusage|nvidia-smi|lsof|netstat)\b/,
	],
	[
		'checks',
		/^(?:(?:npm|yarn|pnpm|bun)(?: run)? (?:lint|build|typecheck|format|check)\b|npx (?:tsc|eslint|prettier)\b|tsc\b|eslint\b|(?:uv run |poetry run )?(?:ruff|ty|mypy|pyright|black|flake8)\b|cargo (?:check|build|clippy|fmt)\b|go (?:build|vet)\b|golangci-lint\b|make\b)/,
	],
	[
		'reading',
		/^(?:ls|cat|head|find|grep|rg|tree|pwd|wc|stat|which|file|less|fd|git (?:-C \S{1,200} )?(?:log|status|diff|show|branch|remote|blame|rev-parse|ls-files)|gh (?:pr (?:view|list|diff|checks)|issue (?:view|list)|api|repo))\b/,
	],
];

/** How many of the commands were of each sort: the most telling part of each counts. */
export function shellSortsOf(commands: readonly string[]): ReadonlyMap<ShellSort, number> {
	const counts = new Map<ShellSort, number>();
	for (const command of commands.slice(0, 40)) {
		const parts = command
			.slice(0, 80)
			.split(/&&|\|\||[;|\n]/, 8)
			.map(part => part.trim());
		const found = sorts.find(([, pattern]) => parts.some(part => pattern.test(part)))?.[0] ?? 'other';
		counts.set(found, (counts.get(found) ?? 0) + 1);
	}
	return counts;
}
