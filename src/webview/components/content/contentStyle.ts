/** How a stranger's text looks: quiet type for reading, code in the theme's own colours. */
import { css } from 'lit';

export const contentStyle = css`
	:root {
		--code-font: var(--vscode-editor-font-family, monospace);
		--code-size: var(--vscode-editor-font-size, 1em);
		--code-ground: var(--vscode-textCodeBlock-background, color-mix(in srgb, var(--vscode-foreground) 6%, transparent));
		/* Themes choose these for a debugger's values: a share of the text colour makes them legible on any ground. */
		--code-name: color-mix(in srgb, var(--vscode-debugTokenExpression-name), var(--vscode-foreground) 25%);
		--code-string: color-mix(in srgb, var(--vscode-debugTokenExpression-string), var(--vscode-foreground) 25%);
		--code-number: color-mix(in srgb, var(--vscode-debugTokenExpression-number), var(--vscode-foreground) 25%);
		--code-word: color-mix(in srgb, var(--vscode-debugTokenExpression-boolean), var(--vscode-foreground) 25%);
		--code-function: color-mix(in srgb, var(--vscode-symbolIcon-functionForeground), var(--vscode-foreground) 25%);
		--code-type: color-mix(in srgb, var(--vscode-symbolIcon-classForeground), var(--vscode-foreground) 50%);
		--code-remark: color-mix(in srgb, var(--vscode-descriptionForeground), var(--vscode-foreground) 20%);
	}
	markdown-text,
	code-text,
	plain-text,
	terminal-text {
		display: block;
		overflow-wrap: anywhere;
	}
	code-text,
	plain-text,
	terminal-text {
		white-space: pre-wrap;
	}
	code-text,
	terminal-text,
	.mono {
		font-family: var(--code-font);
		font-size: var(--code-size);
		tab-size: 4;
	}
	.text-block {
		content-visibility: auto;
		contain-intrinsic-height: auto 2400px;
	}
	markdown-text > :first-child {
		margin-block-start: 0;
	}
	markdown-text > :last-child {
		margin-block-end: 0;
	}
	markdown-text p,
	markdown-text ul,
	markdown-text ol,
	markdown-text blockquote,
	markdown-text .wide,
	markdown-text .code-block {
		margin-block: 0 10px;
	}
	markdown-text ul,
	markdown-text ol {
		padding-inline-start: 24px;
	}
	markdown-text li {
		margin-block: 3px;
	}
	markdown-text li > p {
		margin-block: 4px;
	}
	markdown-text .heading {
		margin-block: 18px 8px;
		font-weight: 600;
		line-height: 1.3;
	}
	markdown-text .heading[data-level='1'] {
		font-size: 1.3em;
	}
	markdown-text .heading[data-level='2'] {
		font-size: 1.16em;
	}
	markdown-text blockquote {
		margin-inline: 0;
		padding: 2px 12px;
		border-inline-start: 3px solid var(--vscode-textBlockQuote-border, var(--line));
		color: var(--muted);
	}
	markdown-text blockquote > :last-child,
	markdown-text li > :last-child {
		margin-block-end: 0;
	}
	markdown-text .task {
		list-style: none;
	}
	markdown-text .task .icon {
		margin-inline: -22px 6px;
	}
	markdown-text hr {
		margin-block: 16px;
		border: 0;
		border-top: 1px solid var(--line);
	}
	markdown-text a,
	.as-link {
		color: var(--vscode-textLink-foreground);
		text-decoration: underline;
		text-decoration-color: color-mix(in srgb, currentcolor 45%, transparent);
		text-underline-offset: 2px;
		cursor: pointer;
	}
	markdown-text a:hover,
	.as-link:hover {
		color: var(--vscode-textLink-activeForeground);
		text-decoration-color: currentcolor;
	}
	markdown-text a:focus-visible {
		outline: 1px solid var(--vscode-focusBorder);
	}
	markdown-text :not(pre) > code {
		padding: 1px 4px;
		border-radius: 4px;
		background: var(--code-ground);
		font-family: var(--code-font);
		font-size: 0.93em;
	}
	markdown-text .picture {
		padding: 1px 6px;
		border: 1px dashed var(--line);
		border-radius: 4px;
		color: var(--muted);
	}
	markdown-text .wide {
		overflow-x: auto;
	}
	markdown-text .wide:focus-visible {
		outline: 1px solid var(--vscode-focusBorder);
	}
	markdown-text table {
		width: auto;
		max-width: none;
	}
	markdown-text th,
	markdown-text td {
		padding: 5px 10px;
		border: 1px solid var(--grid);
		text-align: start;
		vertical-align: top;
		overflow-wrap: normal;
	}
	markdown-text th {
		color: inherit;
		font-size: inherit;
		font-weight: 600;
		box-shadow: none;
	}
	markdown-text .align-right {
		text-align: end;
	}
	markdown-text .align-center {
		text-align: center;
	}
	.code-block {
		position: relative;
		border: 1px solid var(--vscode-contrastBorder, transparent);
		border-radius: 6px;
		background: var(--code-ground);
	}
	.code-block pre {
		margin: 0;
		padding: 8px 12px 10px;
		white-space: pre-wrap;
		overflow-wrap: anywhere;
		font-family: var(--code-font);
		font-size: var(--code-size);
		line-height: 1.45;
		tab-size: 4;
	}
	.code-head {
		display: flex;
		align-items: center;
		justify-content: space-between;
		min-height: 24px;
		padding: 2px 2px 0 12px;
		color: var(--muted);
		font-size: var(--small);
	}
	.hidden-character {
		padding: 0 3px;
		border: 1px solid var(--vscode-editorWarning-foreground);
		border-radius: 3px;
		background: var(--vscode-editor-background);
		color: var(--vscode-foreground);
		font-family: var(--code-font);
		font-size: 0.8em;
		white-space: nowrap;
		unicode-bidi: isolate;
		direction: ltr;
	}
	.hljs-comment,
	.hljs-quote,
	.hljs-meta {
		color: var(--code-remark);
		font-style: italic;
	}
	.hljs-keyword,
	.hljs-selector-tag,
	.hljs-tag .hljs-name,
	.hljs-section {
		color: var(--code-name);
	}
	.hljs-string,
	.hljs-regexp,
	.hljs-addition,
	.hljs-symbol {
		color: var(--code-string);
	}
	.hljs-number,
	.hljs-bullet {
		color: var(--code-number);
	}
	.hljs-literal,
	.hljs-built_in,
	.hljs-attr,
	.hljs-attribute,
	.hljs-selector-class,
	.hljs-selector-id {
		color: var(--code-word);
	}
	.hljs-title,
	.hljs-title.function_ {
		color: var(--code-function);
	}
	.hljs-type,
	.hljs-title.class_,
	.hljs-variable.constant_ {
		color: var(--code-type);
	}
	.hljs-deletion {
		color: var(--bad);
	}
	.hljs-emphasis {
		font-style: italic;
	}
	.hljs-strong {
		font-weight: 600;
	}
	.ansi-bold {
		font-weight: 600;
	}
	.ansi-dim {
		color: var(--muted);
	}
	.ansi-italic {
		font-style: italic;
	}
	.ansi-underline {
		text-decoration: underline;
	}
	.ansi-red,
	.ansi-bright-red {
		color: color-mix(in srgb, var(--vscode-terminal-ansiRed), var(--vscode-foreground) 60%);
	}
	.ansi-green,
	.ansi-bright-green {
		color: color-mix(in srgb, var(--vscode-terminal-ansiGreen), var(--vscode-foreground) 60%);
	}
	.ansi-yellow,
	.ansi-bright-yellow {
		color: color-mix(in srgb, var(--vscode-terminal-ansiYellow), var(--vscode-foreground) 60%);
	}
	.ansi-blue,
	.ansi-bright-blue {
		color: color-mix(in srgb, var(--vscode-terminal-ansiBlue), var(--vscode-foreground) 60%);
	}
	.ansi-magenta,
	.ansi-bright-magenta {
		color: color-mix(in srgb, var(--vscode-terminal-ansiMagenta), var(--vscode-foreground) 60%);
	}
	.ansi-cyan,
	.ansi-bright-cyan {
		color: color-mix(in srgb, var(--vscode-terminal-ansiCyan), var(--vscode-foreground) 60%);
	}
`;
