/**
 * Loads a bundled extension with a stand-in for `vscode` and says how long loading and `activate` took, in milliseconds.
 * CommonJS, as VS Code loads it: node activationProbe.cjs dist/extension.cjs STORAGE_FOLDER
 */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { performance } = require('node:perf_hooks');

// Anything can be called, constructed and looked into; that is all activation needs of the editor.
function standIn() {
	const target = function () {};
	return new Proxy(target, {
		get: (_, key) => {
			if (key === Symbol.toPrimitive) return () => '';
			if (key === Symbol.iterator) return () => [][Symbol.iterator]();
			if (key === 'toJSON') return undefined;
			if (key === 'then') return done => Promise.resolve(undefined).then(done);
			// Settings and mementos: nothing is set.
			if (key === 'get') return (_name, fallback) => fallback;
			if (key === 'prototype') return target.prototype;
			return standIn();
		},
		apply: () => standIn(),
		construct: () => standIn(),
	});
}

const [, , file, storage] = process.argv;
// A bundle copies the names it finds, so they must be there.
const types = readFileSync(require.resolve('@types/vscode/index.d.ts'), 'utf8');
const names = types.matchAll(/^\texport (?:abstract )?(?:class|enum|namespace|const|let|function) (\w+)/gm);
const vscode = Object.fromEntries([...names].map(([, name]) => [name, standIn()]));
const load = Module._load;
Module._load = function (request, ...rest) {
	return request === 'vscode' ? vscode : load.call(this, request, ...rest);
};
const context = {
	subscriptions: [],
	extensionPath: path.dirname(path.dirname(file)),
	extensionUri: standIn(),
	globalStorageUri: { fsPath: storage },
	storageUri: undefined,
	asAbsolutePath: name => path.join(path.dirname(path.dirname(file)), name),
	workspaceState: { get: (_, value) => value, update: async () => {}, keys: () => [] },
	globalState: { get: (_, value) => value, update: async () => {}, keys: () => [], setKeysForSync() {} },
	secrets: standIn(),
	extension: { packageJSON: {}, id: 'session-insights' },
	extensionMode: 1,
};
const before = performance.now();
const extension = require(path.resolve(file));
const loaded = performance.now();
Promise.resolve(extension.activate(context)).then(
	() => {
		process.stdout.write(JSON.stringify({ loadMs: loaded - before, activateMs: performance.now() - loaded }));
		process.exit(0);
	},
	error => {
		console.error(error);
		process.exit(1);
	},
);
