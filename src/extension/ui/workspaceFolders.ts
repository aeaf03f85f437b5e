/** The folders of the window as the engine knows them: on this host's disk, by their real paths (IDX-1). */
import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';

/** Folders of a virtual workspace are on no disk and have no sessions. */
function diskFolders(): readonly string[] {
	return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
}

export function hasDiskFolder(): boolean {
	return diskFolders().length > 0;
}

export function realWorkspaceFolders(): Promise<readonly string[]> {
	return Promise.all(diskFolders().map(folder => realpath(folder).catch(() => folder)));
}
