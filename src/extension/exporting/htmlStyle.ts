/** The look of an exported session. Its digest stands in the policy of the file: nothing else can style it. */
export const htmlStyle = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1f2328; --quiet: #59636e; --line: #d1d9e0; --soft: #f6f8fa; --you: #eef4fd;
	--you-line: #0969da; --bad: #b3261e; --added: #dafbe1; --removed: #ffebe9; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --paper: #16191d; --ink: #e6edf3; --quiet: #9aa5b1; --line: #343b44; --soft: #1e2329; --you: #1a2636;
	--you-line: #5ea1f5; --bad: #ff8a80; --added: #12361f; --removed: #47191c; --link: #79b8ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
header, main { max-width: 56rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1 { margin: 0 0 1rem; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 3rem 0 1rem; padding-top: 1rem; border-top: 2px solid var(--line); font-size: 1.25rem; overflow-wrap: anywhere; }
h3, h4, h5, h6 { margin: 1.1em 0 0.4em; font-size: 1.02rem; line-height: 1.3; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 0.6rem 1.25rem; margin: 0 0 1rem; padding: 1rem;
	border: 1px solid var(--line); border-radius: 8px; background: var(--soft); }
dt { color: var(--quiet); font-size: 0.8rem; }
dd { margin: 0; overflow-wrap: anywhere; font-size: 0.92rem; }
.notes, .response, .label, .byline { color: var(--quiet); font-size: 0.85rem; }
.notes { margin: 0 0 1.5rem; }
.response { margin: 0.35rem 0 0; }
.label { margin: 0.6rem 0 0.2rem; }
article { margin: 0.9rem 0; }
article.prompt, article.command { margin-top: 2rem; padding: 0.75rem 1rem; border-left: 4px solid var(--you-line); border-radius: 4px; background: var(--you); }
article.sidechain { margin-left: 1.5rem; }
.byline { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: baseline; margin-bottom: 0.3rem; }
.who { margin: 0; color: var(--ink); font-size: 0.95rem; font-weight: 600; }
article.assistant + article.assistant .byline { display: none; }
.text { overflow-wrap: anywhere; }
.text > :first-child { margin-top: 0; }
.text > :last-child { margin-bottom: 0; }
a { color: var(--link); }
code, pre { font: 0.86rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { padding: 0.1em 0.3em; border-radius: 4px; background: var(--soft); overflow-wrap: anywhere; }
pre { margin: 0.4rem 0; padding: 0.7rem 0.9rem; border: 1px solid var(--line); border-radius: 6px; background: var(--soft);
	white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; }
pre code { padding: 0; background: none; }
table { display: block; max-width: 100%; overflow-x: auto; border-collapse: collapse; }
th, td { padding: 0.3rem 0.6rem; border: 1px solid var(--line); text-align: left; }
blockquote { margin: 0.5rem 0; padding-left: 0.9rem; border-left: 3px solid var(--line); color: var(--quiet); }
img { display: block; max-width: 100%; height: auto; margin: 0.5rem 0; border: 1px solid var(--line); border-radius: 6px; }
details, .bare { margin: 0.4rem 0; }
details.tool, details.thinking, details.context { border: 1px solid var(--line); border-radius: 6px; }
summary { padding: 0.35rem 0.75rem; cursor: pointer; overflow-wrap: anywhere; }
details.thinking > summary, details.context > summary { color: var(--quiet); }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--you-line); outline-offset: 2px; }
.inside { padding: 0 0.75rem 0.6rem; }
em.error, em.denied, em.interrupted, .failed { color: var(--bad); font-style: normal; font-weight: 600; }
.mark { margin: 1.25rem 0; padding: 0.3rem 0; border-block: 1px dashed var(--line); text-align: center; color: var(--quiet); font-size: 0.9rem; }
.mark.failed { color: var(--bad); }
.diff .added, .diff .removed, .diff .place { display: inline-block; width: 100%; }
.diff .added { background: var(--added); }
.diff .removed { background: var(--removed); }
.diff .place { color: var(--quiet); }
ul.plain { margin: 0.3rem 0; padding-left: 0.25rem; list-style: none; }
main { padding-bottom: 4rem; }
@media (max-width: 30rem) { body { font-size: 15px; } header, main { padding: 0 0.8rem; } dl { grid-template-columns: 1fr 1fr; } }
@media print {
	:root { --paper: #fff; --ink: #000; --quiet: #444; --line: #bbb; --soft: #fff; --you: #fff; --added: #fff; --removed: #fff; }
	details::details-content { content-visibility: visible; block-size: auto; }
	article.prompt { break-after: avoid; }
	pre, img { break-inside: avoid-page; }
}
`;
