/** Draws the marks of sessions beside their names. A row's address says which: it changes with them, so nothing is looked up. */
import * as vscode from 'vscode';
import { sessionDecoration, sessionScheme } from './presentation/sessionDecoration.ts';

export function sessionUri(sessionId: string, marks: readonly string[]): vscode.Uri {
	return vscode.Uri.from({ scheme: sessionScheme, path: `/${sessionId}`, query: marks.join('+') });
}

export function registerSessionDecorations(): vscode.Disposable {
	return vscode.window.registerFileDecorationProvider({
		provideFileDecoration: uri => {
			if (uri.scheme !== sessionScheme) return undefined;
			const decoration = sessionDecoration(uri.query.split('+'), vscode.l10n);
			if (decoration === null) return undefined;
			const { badge, tooltip, color } = decoration;
			return new vscode.FileDecoration(badge ?? undefined, tooltip, color === null ? undefined : new vscode.ThemeColor(color));
		},
	});
}
