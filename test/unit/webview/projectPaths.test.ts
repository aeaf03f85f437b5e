import assert from 'node:assert/strict';
import type { InsightsHead } from '../../../src/webview/contract/insights.ts';
import { inProject } from '../../../src/webview/insights/projectPaths.ts';

type Head = Pick<InsightsHead, 'choices' | 'query'>;

function head(projects: Readonly<Record<string, string>>, project: string | null = null): Head {
	const choices = Object.entries(projects).map(([value, label]) => ({ value, label, sessions: 1 }));
	return {
		choices: { projects: choices, branches: [], models: [], categories: [], modes: [] },
		query: { scope: 'all', range: '30d', project },
	};
}

const shop = { '/home/ada/shop': 'shop' };
const both = { ...shop, '/home/ada/shop/api': 'api', '': '' };

describe('The path of a file', () => {
	it('begins within its project, which goes without saying where there is one', () => {
		assert.deepEqual(inProject('/home/ada/shop/src/pay.ts', head(shop)), { project: null, path: 'src/pay.ts' });
		assert.deepEqual(inProject('/home/ada/shop/src/pay.ts', head({ ...shop, '': '' })), { project: null, path: 'src/pay.ts' });
	});

	it('names its project where there are several, unless one was chosen', () => {
		assert.deepEqual(inProject('/home/ada/shop/src/pay.ts', head(both)), { project: 'shop', path: 'src/pay.ts' });
		assert.deepEqual(inProject('/home/ada/shop/src/pay.ts', head(both, '/home/ada/shop')), { project: null, path: 'src/pay.ts' });
	});

	it('belongs to the innermost of projects that hold each other', () => {
		assert.deepEqual(inProject('/home/ada/shop/api/main.go', head(both)), { project: 'api', path: 'main.go' });
	});

	it('stays whole outside of all projects, also beside one of a similar name', () => {
		for (const path of ['/etc/hosts', '/home/ada/shop-old/a.ts', '/home/ada/shop', '/home/ada/shop/', 'src/pay.ts', ''])
			assert.deepEqual(inProject(path, head(shop)), { project: null, path });
		assert.deepEqual(inProject('/etc/hosts', undefined), { project: null, path: '/etc/hosts' });
		assert.deepEqual(inProject('/etc/hosts', head({ '/': 'root' })), { project: null, path: '/etc/hosts' });
	});

	it('is found on Windows with either slash and letters of either case', () => {
		const windows = head({ 'C:\\Work\\shop': 'shop' });
		assert.deepEqual(inProject('c:\\work\\shop\\src\\pay.ts', windows), { project: null, path: 'src\\pay.ts' });
		assert.deepEqual(inProject('C:/Work/shop/src/pay.ts', windows), { project: null, path: 'src/pay.ts' });
	});
});
