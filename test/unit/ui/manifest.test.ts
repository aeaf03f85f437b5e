import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolDefinitions, toolNames } from '../../../src/extension/modelTools/definitions.ts';
import {
	categoryCommandIds,
	commandIds,
	dataCommandIds,
	contextKeyNames,
	extensionId,
	itemWords,
	jobCommandIds,
	markCommandIds,
	languageModelToolName,
	mcpProviderId,
	sessionCommandIds,
	settingNames,
	viewIds,
	walkthroughId,
} from '../../../src/extension/ui/names.ts';
import { defaultSettings, settingLimits } from '../../../src/extension/ui/presentation/settings.ts';
import { viewStates } from '../../../src/extension/ui/presentation/viewState.ts';

interface Setting {
	readonly default: unknown;
	readonly scope: string;
	readonly minimum?: number;
	readonly maximum?: number;
}
interface MenuItem {
	readonly command: string;
	readonly when?: string;
}
interface Manifest {
	readonly name: string;
	readonly publisher: string;
	readonly icon: string;
	readonly extensionKind: readonly string[];
	readonly activationEvents: readonly string[];
	readonly capabilities: {
		readonly untrustedWorkspaces: {
			readonly supported: string;
			readonly description: string;
			readonly restrictedConfigurations: readonly string[];
		};
		readonly virtualWorkspaces: { readonly supported: string };
	};
	readonly contributes: {
		readonly languageModelTools: readonly {
			readonly name: string;
			readonly modelDescription: string;
			readonly inputSchema: unknown;
			readonly when: string;
		}[];
		readonly mcpServerDefinitionProviders: readonly { readonly id: string }[];
		readonly commands: readonly (MenuItem & { readonly category: string })[];
		readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
		readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
		readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
		readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
		readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
		readonly walkthroughs: readonly {
			readonly id: string;
			readonly steps: readonly {
				readonly media: { readonly svg: string };
				readonly completionEvents: readonly string[];
				readonly description: string;
			}[];
		}[];
	};
}

const root = join(import.meta.dirname, '..', '..', '..');
const readJson = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));
const manifest = readJson('package.json') as Manifest;
const words = readJson('package.nls.json') as Readonly<Record<string, string>>;
const { contributes } = manifest;
const text = JSON.stringify(manifest);
const sorted = (values: Iterable<string>) => [...values].sort();
const localized = (text: string) => words[text.replaceAll('%', '')] ?? '';

describe('the manifest and the code', () => {
	const ownCommands = [commandIds, sessionCommandIds, categoryCommandIds, markCommandIds, dataCommandIds, jobCommandIds].flatMap(ids =>
		Object.values<string>(ids),
	);

	it('name the same commands', () => {
		assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(ownCommands));
		assert.deepEqual(new Set(contributes.commands.map(({ category }) => localized(category))), new Set(['Session Insights']));
	});

	it('name the same settings, with the same defaults and limits', () => {
		const { properties } = contributes.configuration;
		assert.deepEqual(sorted(Object.keys(properties)), sorted(settingNames.map(name => `sessionInsights.${name}`)));
		for (const name of settingNames) {
			const declared = properties[`sessionInsights.${name}`];
			// An unset path is an empty text in the settings editor.
			assert.deepEqual(declared?.default, defaultSettings[name] ?? '', name);
		}
		for (const [name, limits] of Object.entries(settingLimits)) {
			const { minimum, maximum } = properties[`sessionInsights.${name}`] ?? {};
			assert.deepEqual({ minimum, maximum }, limits, name);
		}
	});

	it('keep settings that name a place, a program, a price, a provider, a budget or a cap out of the hands of a repository (NFR-2)', () => {
		const { properties } = contributes.configuration;
		const classification = settingNames.filter(name => name.startsWith('classification.') || name.startsWith('budget.'));
		const guarded = ['claudeDirectories', 'claudePath', 'priceOverrides', ...classification].map(name => `sessionInsights.${name}`);
		assert.deepEqual(sorted(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations), sorted(guarded));
		for (const name of guarded) assert.equal(properties[name]?.scope, 'machine', name);
	});

	it('name the same context keys: every one in a condition is set, and every one that is set is asked for', () => {
		const conditions = [
			...contributes.viewsWelcome.map(({ when }) => when ?? ''),
			...Object.values(contributes.menus).flatMap(items => items.map(({ when }) => when ?? '')),
		].join(' ');
		const known = new Set<string>([...Object.values(viewIds), ...Object.values(contextKeyNames)]);
		const used = new Set(conditions.match(/sessionInsights\.\w+/g));
		assert.deepEqual(
			sorted(used).filter(name => !known.has(name)),
			[],
		);
		// `allProjects` is there for keybindings and for other people's conditions.
		for (const name of [
			contextKeyNames.viewState,
			contextKeyNames.filtered,
			contextKeyNames.showsHidden,
			contextKeyNames.grouping,
			contextKeyNames.fileState,
		])
			assert.ok(used.has(name), name);
		const itemConditions = new Set([...conditions.matchAll(/viewItem =~ \/\\b(\w+)\\b\//g)].map(match => match[1]));
		for (const word of itemConditions) assert.ok(word !== undefined && Object.values<string>(itemWords).includes(word), word);
	});

	it('have a welcome text for each state of the empty view', () => {
		const ofSessions = contributes.viewsWelcome.filter(({ view }) => view === viewIds.sessions);
		const states = ofSessions.flatMap(({ when }) => when?.match(/viewState == '(\w+)'/)?.[1] ?? []);
		assert.deepEqual(sorted(new Set(states)), sorted(viewStates.filter(state => state !== 'list')));
		assert.deepEqual(
			new Set(contributes.viewsWelcome.filter(({ view }) => view !== viewIds.sessions).map(({ view }) => view)),
			new Set([viewIds.jobs, viewIds.fileSessions]),
		);
	});

	it('name the same views, containers and pages', () => {
		assert.deepEqual(Object.keys(contributes.views), [viewIds.container]);
		assert.deepEqual(
			contributes.viewsContainers.activitybar.map(({ id }) => id),
			[viewIds.container],
		);
		assert.deepEqual(
			contributes.views[viewIds.container]?.map(({ id }) => id),
			[viewIds.sessions, viewIds.search, viewIds.fileSessions, viewIds.jobs],
		);
		assert.deepEqual(manifest.activationEvents, [
			'onStartupFinished',
			`onWebviewPanel:${viewIds.insights}`,
			`onWebviewPanel:${viewIds.transcript}`,
		]);
		assert.equal(`${manifest.publisher}.${manifest.name}`, extensionId);
		assert.equal(contributes.walkthroughs[0]?.id, walkthroughId);
	});

	it('offer no command that does not exist, in menus, welcome texts or the walkthrough', () => {
		const known = new Set<string>([...ownCommands, `${viewIds.sessions}.focus`, 'vscode.openFolder', 'workbench.trust.manage']);
		const linked = Object.values(words).flatMap(words => [...words.matchAll(/\(command:([\w.]+)/g)].map(match => match[1] ?? ''));
		const inMenus = Object.values(contributes.menus).flatMap(items => items.map(({ command }) => command));
		const awaited = contributes.walkthroughs.flatMap(({ steps }) =>
			steps.flatMap(({ completionEvents }) => completionEvents.flatMap(event => event.match(/^onCommand:(.*)/)?.[1] ?? [])),
		);
		assert.notEqual(linked.length, 0);
		for (const command of [...linked, ...inMenus, ...awaited]) assert.ok(known.has(command), command);
	});

	it('describe the same tools for language models, in the same words, only where the workspace is trusted', () => {
		const tools = contributes.languageModelTools;
		assert.deepEqual(
			tools.map(({ name }) => name),
			toolNames.map(languageModelToolName),
		);
		for (const [index, name] of toolNames.entries()) {
			const { modelDescription, inputSchema, when } = tools[index] ?? {};
			assert.equal(modelDescription, toolDefinitions[name].description);
			assert.deepEqual(inputSchema, toolDefinitions[name].inputSchema);
			assert.equal(when, 'isWorkspaceTrusted && config.sessionInsights.modelTools.enabled');
		}
		assert.deepEqual(
			contributes.mcpServerDefinitionProviders.map(({ id }) => id),
			[mcpProviderId],
		);
	});

	it('let no repository widen what models may read (NFR-2)', () => {
		for (const name of settingNames.filter(name => name.startsWith('modelTools.')))
			assert.equal(contributes.configuration.properties[`sessionInsights.${name}`]?.scope, 'machine', name);
	});

	it('hide from the palette what needs a session or a job', () => {
		const hidden = contributes.menus['commandPalette']?.filter(({ when }) => when === 'false').map(({ command }) => command) ?? [];
		const needing = [sessionCommandIds, categoryCommandIds, markCommandIds, dataCommandIds, jobCommandIds].flatMap(ids =>
			Object.values<string>(ids),
		);
		assert.deepEqual(sorted(hidden), sorted([...needing, commandIds.showMore]));
	});

	it('say the same words: every key of the manifest has a text and every text is used', () => {
		const used = new Set([...text.matchAll(/"%([\w.]+)%"/g)].map(match => match[1] ?? ''));
		assert.deepEqual(sorted(used), sorted(Object.keys(words)));
		for (const [key, value] of Object.entries(words)) assert.notEqual(value.trim(), '', key);
	});

	it('show only pictures that exist', () => {
		const pictures = [
			manifest.icon,
			...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
			...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
		];
		for (const picture of pictures) assert.ok(existsSync(join(root, picture)), picture);
		const icon = readFileSync(join(root, manifest.icon));
		assert.deepEqual([icon.readUInt32BE(16), icon.readUInt32BE(20)], [256, 256]);
	});

	it('run where the sessions are, and say what works without trust or a disk (NFR-7)', () => {
		assert.deepEqual(manifest.extensionKind, ['workspace']);
		assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
		assert.notEqual(localized(manifest.capabilities.untrustedWorkspaces.description), '');
		assert.equal(manifest.capabilities.virtualWorkspaces.supported, 'limited');
	});
});
