/** The words of the pages in the language that VS Code chose for ours. */
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { ExportLanguage } from '../engine/calls/exporting.ts';
import type { PageWords } from './presentation/pageHtml.ts';
import { wordsFileOf } from './presentation/wordsFile.ts';

let read: PageWords | null | undefined;

/** Null for English, and where the pages have not been translated. Read once: 20 KB that are shipped with the extension. */
export function pageWords(): PageWords | null {
	if (read === undefined) read = readWords();
	return read;
}

/** The words that an export adds, in that language; null for English. */
export function exportLanguage(): ExportLanguage | null {
	const words = pageWords();
	if (words === null) return null;
	const { export: table = {} } = JSON.parse(words.tables) as { readonly export?: Readonly<Record<string, string>> };
	return { language: words.language, words: table };
}

function readWords(): PageWords | null {
	const bundle = vscode.l10n.uri;
	const file = bundle?.scheme === 'file' ? wordsFileOf(bundle.fsPath) : null;
	if (file === null) return null;
	try {
		return { language: file.language, tables: readFileSync(file.path, 'utf8') };
	} catch {
		return null;
	}
}
