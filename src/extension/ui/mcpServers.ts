/** Offers VS Code the server with which programs that speak the Model Context Protocol ask about past sessions. */
import * as vscode from 'vscode';
import type { Configuration } from './configuration.ts';
import { argumentsOf } from '../mcp/options.ts';
import { localTimeZone } from './configuration.ts';
import { mcpProviderId } from './names.ts';
import { realWorkspaceFolders } from './workspaceFolders.ts';

export interface McpServersParts {
	readonly configuration: Configuration;
	/** Of the extension: its folder, its version, its storage. */
	readonly context: Pick<vscode.ExtensionContext, 'asAbsolutePath' | 'globalStorageUri' | 'extension'>;
}

export class McpServers implements vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition>, vscode.Disposable {
	readonly #parts: McpServersParts;
	readonly #changed = new vscode.EventEmitter<void>();
	readonly #disposable: vscode.Disposable;

	readonly onDidChangeMcpServerDefinitions = this.#changed.event;

	constructor(parts: McpServersParts) {
		this.#parts = parts;
		const tell = () => this.#changed.fire();
		this.#disposable = vscode.Disposable.from(
			this.#changed,
			parts.configuration.onDidChange(tell),
			vscode.workspace.onDidChangeWorkspaceFolders(tell),
			vscode.workspace.onDidGrantWorkspaceTrust(tell),
			// Editors that are made from VS Code leave parts of its API out; that must not keep the rest from starting.
			...('registerMcpServerDefinitionProvider' in vscode.lm ? [vscode.lm.registerMcpServerDefinitionProvider(mcpProviderId, this)] : []),
		);
	}

	async provideMcpServerDefinitions(): Promise<vscode.McpStdioServerDefinition[]> {
		const { configuration, context } = this.#parts;
		const { settings } = configuration;
		if (!vscode.workspace.isTrusted || !settings['modelTools.enabled'] || !settings['modelTools.mcpServer']) return [];
		const { version } = context.extension.packageJSON as { readonly version: string };
		const args = argumentsOf({
			files: {
				dataDir: context.globalStorageUri.fsPath,
				claudeDirs: settings.claudeDirectories,
				workspaceFolders: await realWorkspaceFolders(),
				timeZone: localTimeZone(),
			},
			scope: settings['modelTools.scope'],
			version,
		});
		return [
			new vscode.McpStdioServerDefinition(
				vscode.l10n.t('Claude Code Sessions'),
				// VS Code's own program, as the Node that it holds: none has to be installed.
				process.execPath,
				[context.asAbsolutePath('dist/mcp.cjs'), ...args],
				{ ELECTRON_RUN_AS_NODE: '1' },
				version,
			),
		];
	}

	dispose(): void {
		this.#disposable.dispose();
	}
}
