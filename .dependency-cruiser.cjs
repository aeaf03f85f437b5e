// The borders of ARCHITECTURE.md as rules. `npm run lint:layers` fails when an import crosses one.
const room = names => `^src/extension/(${names})/`;

module.exports = {
	forbidden: [
		{ name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
		{ name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: ['\\.d\\.ts$'] }, to: {} },
		{
			name: 'only-ui-touches-vscode',
			severity: 'error',
			from: { path: '^src/', pathNot: ['^src/extension/ui/', '^src/extension/extension\\.ts$'] },
			to: { path: '^vscode$' },
		},
		{
			name: 'ui-never-imports-the-data-rooms',
			severity: 'error',
			from: { path: room('ui') },
			to: { path: room('store|indexing|search|jobs|maintenance|classification|transcripts|sessions|insights|claude|exporting') },
		},
		{
			name: 'webview-imports-nothing-of-the-extension',
			severity: 'error',
			from: { path: '^src/webview/' },
			to: { path: '^src/extension/' },
		},
		{
			name: 'extension-imports-only-the-contract-of-webview',
			severity: 'error',
			from: { path: '^src/extension/' },
			to: { path: '^src/webview/', pathNot: '^src/webview/contract/' },
		},
		{ name: 'claude-stands-alone', severity: 'error', from: { path: room('claude') }, to: { path: '^src/', pathNot: room('claude') } },
		{ name: 'store-stands-alone', severity: 'error', from: { path: room('store') }, to: { path: '^src/', pathNot: room('store') } },
		{
			name: 'jobs-knows-only-the-store',
			severity: 'error',
			from: { path: room('jobs') },
			to: { path: '^src/', pathNot: room('jobs|store') },
		},
		{
			name: 'maintenance-sits-on-jobs-and-store',
			severity: 'error',
			from: { path: room('maintenance') },
			to: { path: '^src/', pathNot: room('maintenance|jobs|store') },
		},
		{
			name: 'indexing-sits-on-claude-and-store',
			severity: 'error',
			from: { path: room('indexing') },
			to: { path: '^src/', pathNot: room('indexing|claude|store') },
		},
		{
			name: 'privacy-stands-alone',
			severity: 'error',
			from: { path: room('privacy') },
			// What is a code of a terminal is said once.
			to: { path: '^src/', pathNot: [room('privacy'), '^src/extension/claude/transcript/terminalCodes\\.ts$'] },
		},
		{
			name: 'only-who-tells-others-redacts',
			severity: 'error',
			from: {
				path: '^src/',
				pathNot: [room('privacy|ui|classification|insights|modelTools|exporting'), '^src/extension/engine/diagnostics\\.ts$'],
			},
			to: { path: room('privacy') },
		},
		{
			name: 'classification-sits-on-claude-store-and-jobs',
			severity: 'error',
			from: { path: room('classification') },
			to: { path: '^src/', pathNot: room('classification|claude|store|jobs|privacy') },
		},
		{
			name: 'transcripts-sits-on-claude-and-store',
			severity: 'error',
			from: { path: room('transcripts') },
			to: { path: '^src/', pathNot: [room('transcripts|claude|store'), '^src/webview/contract/'] },
		},
		{
			name: 'mcp-sits-on-the-engine',
			severity: 'error',
			from: { path: room('mcp') },
			to: { path: '^src/', pathNot: [room('mcp|engine|modelTools'), '^src/messaging/', '^src/webview/contract/'] },
		},
		{
			name: 'model-tools-know-only-privacy',
			severity: 'error',
			from: { path: room('modelTools') },
			to: { path: ['^src/', '^node:'], pathNot: [room('modelTools|privacy'), '^src/webview/contract/'] },
		},
		{
			name: 'search-sits-on-claude-and-store',
			severity: 'error',
			from: { path: room('search') },
			to: {
				path: '^src/',
				// How a rewritten transcript is told is said once.
				pathNot: [room('search|claude|store'), '^src/extension/indexing/fingerprint\\.ts$', '^src/webview/contract/'],
			},
		},
		{
			name: 'insights-does-no-io',
			severity: 'error',
			from: { path: room('insights') },
			to: {
				path: ['^src/', '^node:(fs|child_process|worker_threads|net|http)'],
				pathNot: [room('insights|store|claude|privacy'), '^src/webview/contract/'],
			},
		},
		{
			name: 'exporting-turns-conversations-into-text',
			severity: 'error',
			from: { path: room('exporting') },
			to: {
				path: ['^src/', '^node:(fs|child_process|worker_threads|net|http)'],
				// What is a code of a terminal is said once.
				pathNot: [room('exporting|privacy'), '^src/extension/claude/transcript/terminalCodes\\.ts$', '^src/webview/contract/'],
			},
		},
		{
			name: 'nothing-below-knows-the-engine',
			severity: 'error',
			from: {
				path: room(
					'claude|store|indexing|search|jobs|maintenance|classification|sessions|insights|transcripts|privacy|modelTools|exporting',
				),
			},
			to: { path: room('engine|ui') },
		},
		{
			name: 'messaging-stands-alone',
			severity: 'error',
			from: { path: '^src/messaging/' },
			to: { path: '^src/', pathNot: '^src/messaging/' },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfigs/test.json' },
		enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
	},
};
