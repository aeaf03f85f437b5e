/** The two sides of an edit as documents that cannot be edited, for VS Code's own diff. Kept while somebody may look at them. */
import * as vscode from 'vscode';
import { lastPart } from './presentation/conversationPath.ts';

const scheme = 'session-insights-edit';
/** Edits whose texts are kept; VS Code asks again when an old tab is shown. */
const mostEdits = 20;

export class EditDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
	readonly #registration: vscode.Disposable;
	readonly #texts = new Map<string, string>();
	#last = 0;

	constructor() {
		this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
	}

	provideTextDocumentContent(uri: vscode.Uri): string {
		return this.#texts.get(uri.path) ?? vscode.l10n.t('This edit is not kept any more. Open it again from its conversation.');
	}

	/** `path` names the file for its title and language; it is not opened. */
	async show(path: string, before: string, after: string): Promise<void> {
		const edit = ++this.#last;
		const name = lastPart(path);
		// The file's name is the last part of both, so that each is shown in its language.
		const side = (which: string, text: string) => {
			const uri = vscode.Uri.from({ scheme, path: `/${edit}/${which}/${name}` });
			this.#texts.set(uri.path, text);
			return uri;
		};
		const [left, right] = [side('before', before), side('after', after)];
		for (const key of this.#texts.keys()) {
			if (this.#texts.size <= mostEdits * 2) break;
			this.#texts.delete(key);
		}
		await vscode.commands.executeCommand('vscode.diff', left, right, vscode.l10n.t('{0} (edit by Claude)', name), { preview: true });
	}

	dispose(): void {
		this.#registration.dispose();
	}
}
