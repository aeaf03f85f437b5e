/** What would leave the extension, to be read before it does: documents that cannot be edited. */
import * as vscode from 'vscode';

const scheme = 'session-insights-sample';

export class SampleDocument implements vscode.TextDocumentContentProvider, vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<vscode.Uri>();
	readonly #registration: vscode.Disposable;
	/** By the path of the document. */
	readonly #texts = new Map<string, string>();

	readonly onDidChange = this.#changed.event;

	constructor() {
		this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
	}

	provideTextDocumentContent({ path }: vscode.Uri): string {
		return this.#texts.get(path) ?? '';
	}

	/** `name` is what the tab says, and by its ending how the text is coloured. */
	async show(text: string, name = vscode.l10n.t('What is sent of a session')): Promise<void> {
		const uri = vscode.Uri.from({ scheme, path: `/${name}` });
		this.#texts.set(uri.path, text);
		this.#changed.fire(uri);
		await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
	}

	dispose(): void {
		this.#registration.dispose();
		this.#changed.dispose();
	}
}
