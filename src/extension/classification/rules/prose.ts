/**
 * The prose in a prompt: what remains when code, paths, quotations, pasted output and talk about classification are taken
 * out, in sentences and clauses. A word only counts where the person says it: not in `fix_bug.py`, not in a log, and not
 * in "classify this as deploy". Every repetition is bounded, for prompts can be hostile.
 */
import { leaves } from '../taxonomy.ts';

export interface Sentence {
	readonly clauses: readonly string[];
	readonly isQuestion: boolean;
}

export interface Prose {
	readonly sentences: readonly Sentence[];
	/** Output of a program was pasted along. */
	readonly hasLog: boolean;
}

/** The index keeps 200 characters of a prompt; titles can be longer. */
const longest = 400;

/** Where these begin, the rest of the text is pasted. */
const pastedRest =
	/\bdiff --git |^@@ -\d|\btraceback \(most recent call last\)|\bnpm err!|={8,}|_{8,}|-{20,}|\bexception in thread "|\bpanic: |\bgoroutine \d+ \[|\berror\[[a-z]\d{4}\]/i;

/** Sentences of programs: a named exception with its message, a stack frame, a log line, a compiler's finding. */
const logSentence =
	/\b[A-Za-z]{2,40}(?:Error|Exception|Warning):(?: |$)|\bUncaught \(?[A-Z]|^\s{0,8}at [\w.$<>]{1,80} ?\(|\b\d{2}:\d{2}:\d{2}[.,]?\d{0,6}\]? {1,3}\[?(?:ERROR|WARN|INFO|DEBUG)|\[(?:ERROR|WARN|INFO|DEBUG)\]|^\s{0,8}(?:error|warning|fatal)(?: TS\d{1,5}|\[[\w-]{1,60}\])?:(?: |$)|\b(?:TS|E|CS)\d{4}:(?: |$)|^\s{0,8}(?:\$|>>>|#!) ?\S/;

/** Names of the taxonomy, as somebody would write them who wants to be filed under one. */
const kinds = `(?:${leaves.map(leaf => leaf.l3.replaceAll('-', '[- _]')).join('|')}|feature|bug|bug[- _]?fix|refactor|refactoring|testing|docs|config|ops|planning|explanation|architecture)`;
const session = '(?:session|conversation|chat|transcript|prompt)';

/**
 * Talk about how to classify. The clause it stands in and the rest of its sentence are dropped, wherever it stands: what is
 * in a session must not decide under which name it is filed.
 */
const classifierTalk = new RegExp(
	[
		String.raw`\b(?:ignore|disregard|forget|override|bypass)\b(?: \w{1,20}){0,4} (?:instructions?|prompts?)\b`,
		String.raw`\b(?:ignore|disregard|forget|override|bypass) (?:all|any|the|your|these|every|everything)\b(?: \w{1,20}){0,2} (?:rules?|evidence|above|previous|prior|earlier)\b`,
		String.raw`\b(?:re)?(?:classif(?:y|ied|ies|ication)|categori[sz](?:e|ed|ation))\b(?: \w{1,20}){0,3} (?:as|under|into)\b.{0,20}\b${kinds}\b`,
		String.raw`\b(?:label|tag|mark|file|sort|treat|count)(?: (?:this|it|the|my|our|whole|entire|current|${session})){1,3} (?:as|under|into)\b.{0,20}\b${kinds}\b`,
		String.raw`\b(?:re)?(?:classif(?:y|ies|ied)|categori[sz]ed?)\b(?: (?:it|this)\b|(?: \w{1,20}){0,2} ${session}\b)`,
		String.raw`\bthis ${session}\b.{0,20}\b(?:is|was|be|belongs?|counts?)\b.{0,24}\b${kinds}\b`,
		String.raw`\b(?:category|classification|label|class|answer|output|verdict)\b ?(?:is|=|:|must be|should be|has to be)\s?.{0,4}\b${kinds}\b`,
		String.raw`\b(?:answer|respond|reply|choose|pick|output)\b(?: \w{1,12}){0,2}? ?["'\x60]?${kinds}["'\x60]?[\s.!]{0,3}$`,
		String.raw`\bconfidence\b ?(?:is|=|:|must be|should be|of)? ?[01]?[.,]?\d{1,3}\b|\b(?:code|support|thinking)_work\b`,
		String.raw`\b(?:dear|hey|hello|(?:note|message|instructions?) (?:to|for)) (?:the )?classifier\b`,
		String.raw`\b(?:klassifiziere|kategorisiere|clasifica|classe[rz]?|catégorise[rz]?)\b.{0,40}\b(?:als|como|comme|dies|esta|cette)\b`,
		'(?:把|将).{0,12}(?:分类|归类)|分类为|归类为|として分類|に分類',
	].join('|'),
	'i',
);

/** What all such talk has some word of; spares most sentences the search. */
const maybeTalk =
	/ignore|disregard|forget|overrid|bypass|class|categ|klass|kateg|label|tag|mark|file|sort|treat|count|session|conversation|chat|transcript|answer|output|verdict|confidence|respond|reply|choose|pick|_work|clas|catég|分[类類]|归类/i;

const sentenceEnd = /(?<=[.?!;])(?=\s)|[\r\n]+|(?<=[。？！；])|(?: \\ )/u;
const clauseEnd =
	/:(?=\s)|[,，、()[\]–—]|\s-\s|\b(?:and then|and|then|so that|so|but|und|dann|aber|et|puis|mais|luego|pero)\b|(?<=\s)[ye](?=\s)|然后|并且|并|但是/iu;

export function proseOf(text: string): Prose {
	let plain = text
		.slice(0, longest)
		.normalize('NFKC')
		.replace(/[\p{Cf}]+/gu, '')
		.replace(/[’‘]/g, "'");
	let hasLog = false;
	const rest = pastedRest.exec(plain);
	if (rest !== null) {
		hasLog = !rest[0].startsWith('diff');
		plain = plain.slice(0, rest.index);
	}
	const sentences: Sentence[] = [];
	for (const raw of plain.split(sentenceEnd)) {
		if (raw.trim() === '') continue;
		if (logSentence.test(raw)) {
			hasLog = true;
			continue;
		}
		const words = withoutClassifierTalk(withoutCode(raw)).toLowerCase();
		const clauses = words.split(clauseEnd).map(clause => clause.trim());
		sentences.push({ clauses: clauses.filter(clause => clause !== ''), isQuestion: /[?？]\s{0,4}$/.test(raw) });
	}
	return { sentences, hasLog };
}

/** Looks clause by clause, then at the sentence as a whole: the talk may reach over a comma. */
function withoutClassifierTalk(sentence: string): string {
	if (!maybeTalk.test(sentence) || !classifierTalk.test(sentence)) return sentence;
	let from = 0;
	for (const match of sentence.matchAll(/,|;|\band\b|\bthen\b|\bbut\b|$/gi)) {
		if (classifierTalk.test(sentence.slice(from, match.index))) return sentence.slice(0, from);
		from = match.index;
	}
	return '';
}

/** Words that stand for what was taken out, so that "update README.md" keeps its object. */
function withoutCode(sentence: string): string {
	const quotesOut = /["'`“«「『]/.test(sentence) ? withoutQuotes(sentence) : sentence;
	const braces = quotesOut.includes('{') ? quotesOut.replace(/\{[^{}]{0,200}\}/g, ' ') : quotesOut;
	const plain = braces.replace(/\[(?:image|pasted text)[^\]]{0,40}\]/gi, ' ');
	return codeSigns.test(plain) ? plain.replace(/\S+/g, run => (codeSigns.test(run) ? codeWord(run) : run)) : plain;
}

function withoutQuotes(sentence: string): string {
	const sort = (quoted: string): string => ` ${fileWord(quoted.slice(1, -1)) ?? 'it'} `;
	return sentence
		.replace(/```.{0,400}/g, ' ')
		.replace(/`[^`]{1,200}`/g, sort)
		.replace(/["“«「『][^"”»」』]{1,200}["”»」』]/g, sort)
		.replace(/(?<![\w'])'[^']{1,80}'(?!\w)/g, sort);
}

/** What an address, a path or a name from code has some of. */
const codeSigns = /[/\\@_(]|\.\w|[a-z][A-Z]/;
const address = /^\(?https?:\/\//i;
const path =
	/^@?(?:[\w.~*-]{0,60}[\\/]){1,12}[\w.*-]{0,80}(?::[\d-]{1,13})?$|^@?[\w-]{1,60}(?:\.[\w-]{1,30}){0,3}\.[a-z]{1,6}(?::[\d-]{1,13})?$|^@[\w./-]{1,80}$/i;
/** Written like paths, but things people name: a slash between two words, a library's name. */
const noPath = /^(?:[a-z]{1,12}\/[a-z]{1,12}|(?:node|next|vue|nuxt|three|express|react|d3)\.js|asp\.net|\.net|\.env|i\.e|e\.g)$/i;
const identifier = /^\w{0,60}_\w{0,60}$|^[a-z]{1,40}[A-Z]\w{0,60}$|^[\w.]{1,80}\(/;

/** One run of characters between spaces: the word that stands for it, if it is an address, a path or a name from code. */
function codeWord(run: string): string {
	if (address.test(run)) return /\/(?:pull|merge_requests)\/\d/.test(run) ? 'pull request' : ' ';
	const core = run.replace(/^[([]+|[)\],.;:?!]+$/g, '');
	const end = run.endsWith(',') ? ',' : '';
	if (noPath.test(core)) return run;
	if (path.test(core)) return (fileWord(core) ?? 'it') + end;
	return identifier.test(run.replace(/[,.;:?!]+$/, '')) ? `it${end}` : run;
}

/** The sort of a file in one word the lexicon knows; null for what is no file, 'it' for any other. */
function fileWord(path: string): string | null {
	const trimmed = path.trim();
	if (/\s/.test(trimmed)) return null;
	const name = trimmed.replace(/:\d.*$/, '').toLowerCase();
	if (/(?:^|\/)\.github\/workflows\//.test(name)) return 'workflow';
	if (/(?:^|\/)(?:readme|claude|agents|gemini|contributing)(?:\.[a-z]+)?$/.test(name.replace(/^@/, ''))) return 'readme';
	if (/(?:^|\/)changelog(?:\.[a-z]+)?$/.test(name)) return 'changelog';
	if (/(?:^|\/)(?:package(?:-lock)?\.json|requirements[\w-]*\.txt|cargo\.toml|go\.mod|gemfile|pom\.xml)$/.test(name)) return null;
	if (/\.(?:md|mdx|rst|adoc)$/.test(name)) return 'document';
	if (/(?:[._-](?:test|spec)s?\.\w+|(?:^|\/)test_[^/]+\.\w+)$/.test(name)) return 'testfile';
	return null;
}
