/** Puts one of our pages into a webview: what it may do, and its document. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageWords } from './pageWords.ts';
import { pageHtml } from './presentation/pageHtml.ts';

export interface LoadedPage {
	/** Name of its bundle. */
	readonly name: 'insights' | 'search' | 'transcript';
	readonly title: string;
	readonly showsStoredImages?: boolean;
}

/** Of a restored panel, too: it comes with the options of the version that made it, whose folder may be gone. */
export function loadPage(webview: vscode.Webview, extensionUri: vscode.Uri, { name, ...page }: LoadedPage): void {
	const pages = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
	webview.options = { enableScripts: true, enableForms: false, enableCommandUris: false, localResourceRoots: [pages] };
	webview.html = pageHtml({
		...page,
		words: pageWords(),
		nonce: randomBytes(24).toString('base64url'),
		cspSource: webview.cspSource,
		scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(pages, `${name}.js`)).toString(),
	});
}
