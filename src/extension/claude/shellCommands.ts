/** What a shell command does, as far as its words tell. A command may stand behind others (`cd x && npm test`). */

/** At the beginning of a part of a command: it runs tests. */
export const testCommand =
	/^(?:(?:npm|yarn|pnpm|bun)(?: run)? (?:test|t)\b|npx (?:jest|vitest|mocha|playwright)\b|(?:uv run |poetry run |python3? -m )?pytest\b|go test\b|cargo (?:test|nextest)\b|(?:\.\/)?(?:mvnw?|gradlew?) (?:\S{1,40} )?test\b|dotnet test\b|(?:bundle exec )?rspec\b|(?:vendor\/bin\/)?phpunit\b|jest\b|vitest\b|mocha\b|ctest\b|make (?:test|check)\b)/;

/**
 * At the beginning of a part: it reads, moves or installs something, asks Git or waits. Whatever else a command does runs
 * something of the project, and is taken for a check of what was edited before it.
 */
const noCheck =
	/^(?:(?:cd|pushd|popd|ls|cat|head|tail|less|more|find|grep|egrep|fgrep|rg|ag|fd|tree|pwd|wc|stat|which|type|file|echo|printf|sort|uniq|cut|tr|awk|sed|jq|yq|diff|cmp|du|df|ps|kill|pkill|sleep|date|env|export|set|source|mkdir|rmdir|rm|mv|cp|touch|ln|chmod|chown|tar|zip|unzip|git|gh|glab|open|code|true|apt|apt-get|brew)(?=\s|$)|(?:npm|yarn|pnpm|bun) (?:i|ci|install|add|remove|uninstall|update|upgrade|init)\b|(?:pip3?|uv|poetry|cargo|gem|bundle|composer) (?:pip )?(?:install|add|remove|update|sync|lock)\b|#|$)/;

const longestCommand = 2_000;

/** The commands one call gives to the shell. What is handed in as a text (`<<EOF`, quotes) is none. */
function partsOf(command: string): string[] {
	return (command.slice(0, longestCommand).split('<<', 1)[0] ?? '')
		.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/gs, "''")
		.split(/&&|\|\||[;|\n]/)
		.map(part => part.trim().replace(/^(?:[A-Za-z_]\w*=\S* )+/, ''));
}

export function runsTests(command: string): boolean {
	return partsOf(command).some(part => testCommand.test(part));
}

/** Whether it checks what was edited before: runs, builds or tests something. */
export function isCheck(command: string): boolean {
	return partsOf(command).some(part => !noCheck.test(part));
}
