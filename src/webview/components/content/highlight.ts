/**
 * Code in colours: a chosen set of languages of highlight.js, which yields markup of `span`s with classes; the style sheet
 * gives these the theme's own colours.
 */
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import elixir from 'highlight.js/lib/languages/elixir';
import go from 'highlight.js/lib/languages/go';
import graphql from 'highlight.js/lib/languages/graphql';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import less from 'highlight.js/lib/languages/less';
import lua from 'highlight.js/lib/languages/lua';
import makefile from 'highlight.js/lib/languages/makefile';
import markdown from 'highlight.js/lib/languages/markdown';
import nix from 'highlight.js/lib/languages/nix';
import objectivec from 'highlight.js/lib/languages/objectivec';
import perl from 'highlight.js/lib/languages/perl';
import php from 'highlight.js/lib/languages/php';
import powershell from 'highlight.js/lib/languages/powershell';
import protobuf from 'highlight.js/lib/languages/protobuf';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import scala from 'highlight.js/lib/languages/scala';
import scss from 'highlight.js/lib/languages/scss';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

const languages = {
	bash,
	c,
	cpp,
	csharp,
	css,
	diff,
	dockerfile,
	elixir,
	go,
	graphql,
	ini,
	java,
	javascript,
	json,
	kotlin,
	less,
	lua,
	makefile,
	markdown,
	nix,
	objectivec,
	perl,
	php,
	powershell,
	protobuf,
	python,
	r,
	ruby,
	rust,
	scala,
	scss,
	shell,
	sql,
	swift,
	typescript,
	xml,
	yaml,
};
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);
hljs.registerAliases(['vue', 'svelte'], { languageName: 'xml' });
hljs.registerAliases(['jsonl', 'ndjson'], { languageName: 'json' });

/** Characters. Colouring takes a few milliseconds for that much, and code that is longer is looked up, not read. */
const longestCode = 40_000;

/** Files whose name says the language, not their ending. */
const namedFiles: Readonly<Record<string, string>> = { dockerfile: 'dockerfile', makefile: 'makefile', gemfile: 'ruby', rakefile: 'ruby' };

/** The markup, or null where there is nothing to colour: an unknown language, or too much. */
export function highlighted(code: string, language: string | null): string | null {
	if (language === null || code.length > longestCode || hljs.getLanguage(language) === undefined) return null;
	return hljs.highlight(code, { language, ignoreIllegals: true }).value;
}

/** By the name of the file; null where it says nothing. */
export function languageOfPath(path: string): string | null {
	const name = path.split(/[\\/]/).at(-1)?.toLowerCase() ?? '';
	const named = namedFiles[name];
	if (named !== undefined) return named;
	const ending = /\.([a-z0-9+#]+)$/.exec(name)?.[1] ?? '';
	return hljs.getLanguage(ending) === undefined ? null : ending;
}
