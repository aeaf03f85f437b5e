/**
 * What people, models and tools say in a generated history: code, prose, prompts, commands, paths. Made once from a seed,
 * then cut into pieces, so that a gigabyte costs little more than writing it. Nothing here comes from a real transcript.
 */
import { Random } from './random.ts';

type Words = readonly [string, ...string[]];

const nouns: Words = [
	'cart', 'checkout', 'invoice', 'session', 'token', 'cache', 'queue', 'router', 'parser', 'index', 'schema', 'worker', 'upload', 'report',
	'filter', 'ledger', 'webhook', 'retry', 'timeout', 'migration', 'preview', 'search', 'profile', 'billing', 'layout',
]; // prettier-ignore
const verbs: Words = [
	'load',
	'save',
	'merge',
	'split',
	'render',
	'validate',
	'update',
	'remove',
	'fetch',
	'parse',
	'build',
	'check',
	'restore',
];
const fillers: Words = [
	'the', 'a', 'when', 'because', 'with', 'after', 'before', 'into', 'from', 'without', 'every', 'first', 'second', 'last', 'should', 'does',
	'not', 'works', 'fails', 'still', 'naïve', 'Größe', 'déjà', '日本語', '🎉', 'only', 'again', 'and', 'or',
]; // prettier-ignore
const folders: Words = ['src', 'src/api', 'src/ui', 'src/store', 'test', 'test/unit', 'lib/core', 'packages/web/src', 'docs', 'scripts'];
const endings: Words = ['.ts', '.ts', '.tsx', '.test.ts', '.py', '.md', '.css', '.json'];
const commands: Words = [
	'npm test', 'git status && git diff --stat', 'npm run build 2>&1 | tail -20', 'git log --oneline -5', 'ls -la src', 'npx tsc --noEmit',
	'pytest -q tests', 'cargo check', 'grep -rn "TODO" src | head', 'git add -A && git commit -m "Fix the parser"', 'curl -s localhost:3000/health',
]; // prettier-ignore
const prompts: Words = [
	'Fix the failing test in the {n} module', 'Why does {v} {n} return null when the list is empty?', 'Add a {n} endpoint with tests',
	'Refactor {n} so that {v} is a pure function', 'no, that is wrong. The {n} must stay as it was', 'write docs for the {n} settings',
	"that didn't work, the {n} still fails", 'please {v} the {n} and commit', 'update the {n} to the new {m} format',
	'Can you explain how the {n} and the {m} work together?', 'continue', 'ok, now do the same for the {m}', 'Größe des {n} prüfen 🎉',
]; // prettier-ignore

const poolCharacters = 1_500_000;

export class Material {
	private readonly code: string;
	private readonly prose: string;
	private readonly binary: string;

	constructor(seed: number | string) {
		const random = new Random(`${seed}/material`);
		this.code = fill((): string => codeLine(random));
		this.prose = fill((): string => `${words(random, random.integer(6, 16))}.\n`);
		this.binary = fill((): string => `${random.base62(900)}+/`);
	}

	/** About `size` characters of whole lines of code. */
	codeOf(random: Random, size: number): string {
		return cut(this.code, random, size);
	}

	proseOf(random: Random, size: number): string {
		return cut(this.prose, random, size);
	}

	/** Letters and digits that could be base64: images, signatures. */
	binaryOf(random: Random, size: number): string {
		const start = random.integer(0, poolCharacters / 2);
		const piece = this.binary.slice(start, start + size);
		return piece.length < size ? piece + this.binaryOf(random, size - piece.length) : piece;
	}
}

export function promptText(random: Random): string {
	return random.pick(prompts).replace('{n}', random.pick(nouns)).replace('{m}', random.pick(nouns)).replace('{v}', random.pick(verbs));
}

export function titleText(random: Random): string {
	return `${capital(random.pick(verbs))} the ${random.pick(nouns)} ${random.pick(nouns)}`;
}

export function bashCommand(random: Random): string {
	return random.pick(commands);
}

export function filePath(random: Random, cwd: string): string {
	return `${cwd}/${random.pick(folders)}/${random.pick(nouns)}${capital(random.pick(nouns))}${random.pick(endings)}`;
}

export function projectName(index: number): string {
	const name = nouns[index % nouns.length] ?? 'project';
	return index < nouns.length ? name : `${name}-${Math.floor(index / nouns.length) + 1}`;
}

function words(random: Random, count: number): string {
	let text = '';
	for (let i = 0; i < count; i++) text += `${i ? ' ' : ''}${random.chance(0.4) ? random.pick(nouns) : random.pick(fillers)}`;
	return text;
}

function codeLine(random: Random): string {
	const indent = '\t'.repeat(random.integer(0, 4));
	const a = random.pick(nouns);
	const b = random.pick(nouns);
	const call = `${random.pick(verbs)}${capital(a)}`;
	const lines: Words = [
		`const ${a} = await ${call}(${b}, { limit: ${random.integer(1, 500)} });`,
		`if (!${a}.${b}) throw new Error("${a} has no ${b}");`,
		`export function ${call}(${a}: string, ${b} = "${random.hex(6)}"): Promise<void> {`,
		`return ${a}.map((item) => item.${b} ?? null);`,
		`// ${words(random, 7)}`,
		'}',
		'',
	];
	return `${indent}${random.pick(lines)}\n`;
}

function fill(piece: () => string): string {
	const pieces: string[] = [];
	for (let length = 0; length < poolCharacters;) {
		const next = piece();
		pieces.push(next);
		length += next.length;
	}
	return pieces.join('');
}

function cut(pool: string, random: Random, size: number): string {
	const start = pool.indexOf('\n', random.integer(0, poolCharacters / 2)) + 1;
	const end = pool.indexOf('\n', start + size);
	return end < 0 ? pool.slice(start) + cut(pool, random, size - (pool.length - start)) : pool.slice(start, end);
}

function capital(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}
