/** The words of the pages in the language that VS Code chose for ours. */
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { PageWords } from './presentation/pageHtml.ts';
import { wordsFileOf } from './presentation/wordsFile.ts';

let read: PageWords | null | undefined;

/** Null for English, and where the pages have not been translated. Read once: 20 KB that are shipped with the extension. */
export function pageWords(): PageWords | null {
	if (read === undefined) read = readWords();
	return read;
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
