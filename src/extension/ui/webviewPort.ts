/** The host's end of a page as the port of a channel. */
import type * as vscode from 'vscode';
import type { Port } from '../../messaging/channel.ts';

export function portOfWebview(webview: vscode.Webview): Port {
	return {
		post: message => webview.postMessage(message),
		listen(handler) {
			const listening = webview.onDidReceiveMessage(handler);
			return () => void listening.dispose();
		},
	};
}
