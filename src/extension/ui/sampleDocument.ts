/** What would be sent of one session, as a document that cannot be edited. */
import * as vscode from 'vscode';

const scheme = 'session-insights-sample';

export class SampleDocument implements vscode.TextDocumentContentProvider, vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<vscode.Uri>();
	readonly #registration: vscode.Disposable;
	#text = '';

	readonly onDidChange = this.#changed.event;

	constructor() {
		this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
	}

	provideTextDocumentContent(): string {
		return this.#text;
	}

	async show(text: string): Promise<void> {
		this.#text = text;
		const uri = vscode.Uri.from({ scheme, path: `/${vscode.l10n.t('What is sent of a session')}` });
		this.#changed.fire(uri);
		await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
	}

	dispose(): void {
		this.#registration.dispose();
		this.#changed.dispose();
	}
}
