/** Which leaf an act and what it is done to stand for: "add" a test, "fix" a typo. The first topic the act knows decides. */
import type { L3 } from '../taxonomy.ts';
import type { Act } from './acts.ts';
import type { Topic } from './topics.ts';

type Table = Readonly<Partial<Record<Topic, L3>>> & { readonly otherwise: L3 };

const texts = { readme: 'readme', comment: 'inline-docs', changelog: 'changelog', 'api docs': 'api-docs' } as const;
const tests = {
	test: 'unit-test',
	'unit test': 'unit-test',
	coverage: 'unit-test',
	'integration test': 'integration-test',
	'e2e test': 'e2e-test',
} as const;
const tools = { ci: 'ci-config', dependency: 'deps', build: 'build-config', environment: 'env-config' } as const;
const testsAtFault = { test: 'test-fix', 'unit test': 'test-fix', 'integration test': 'test-fix', 'e2e test': 'test-fix' } as const;
const git = { commit: 'deploy', release: 'deploy' } as const;

const made = {
	trial: 'spike',
	...texts,
	...tests,
	...tools,
	plan: 'design-doc',
	task: 'roadmap',
	commit: 'deploy',
	endpoint: 'new-endpoint',
	api: 'new-endpoint',
	service: 'new-integration',
} as const;
const faults = {
	regression: 'regression-fix',
	crash: 'crash-fix',
	vulnerability: 'deps',
	...testsAtFault,
	check: 'error-fix',
	build: 'error-fix',
	error: 'error-fix',
} as const;

const tables: Readonly<Record<Act, Table>> = {
	add: { ...made, component: 'new-component', otherwise: 'enhancement' },
	create: { ...made, schema: 'data-model', status: 'new-component', data: 'new-component', otherwise: 'new-component' },
	change: {
		...texts,
		...testsAtFault,
		coverage: 'unit-test',
		...tools,
		vulnerability: 'deps',
		typo: 'readme',
		check: 'error-fix',
		plan: 'design-doc',
		task: 'roadmap',
		otherwise: 'enhancement',
	},
	fix: { ...faults, ...texts, ci: 'ci-config', dependency: 'deps', commit: 'deploy', otherwise: 'logic-fix' },
	symptom: { ...faults, otherwise: 'logic-fix' },
	lack: { ...faults, otherwise: 'logic-fix' },
	remove: {
		build: 'build-config',
		ci: 'ci-config',
		environment: 'env-config',
		dependency: 'deps',
		data: 'backup',
		readme: 'readme',
		'dead code': 'cleanup',
		commit: 'deploy',
		otherwise: 'cleanup',
	},
	refactor: { readme: 'readme', otherwise: 'restructure' },
	rename: { data: 'migration', commit: 'deploy', otherwise: 'rename' },
	extract: { task: 'roadmap', commit: 'deploy', otherwise: 'extract' },
	tidy: { data: 'backup', readme: 'readme', otherwise: 'cleanup' },
	test: { ...tests, otherwise: 'unit-test' },
	document: { ...texts, file: 'inline-docs', api: 'api-docs', endpoint: 'api-docs', changes: 'changelog', otherwise: 'readme' },
	review: { plan: 'code-review', otherwise: 'code-review' },
	look: { status: 'monitoring', otherwise: 'code-review' },
	explain: { otherwise: 'how-it-works' },
	debug: { otherwise: 'debugging-help' },
	plan: { task: 'roadmap', otherwise: 'design-doc' },
	roadmap: { otherwise: 'roadmap' },
	estimate: { otherwise: 'estimation' },
	spike: { codebase: 'how-it-works', otherwise: 'spike' },
	compare: { otherwise: 'comparison' },
	design: {
		system: 'system-design',
		schema: 'data-model',
		data: 'data-model',
		api: 'api-design',
		endpoint: 'api-design',
		infra: 'infra',
		ci: 'infra',
		plan: 'design-doc',
		component: 'new-component',
		otherwise: 'system-design',
	},
	deploy: { data: 'migration', otherwise: 'deploy' },
	run: { ...tests, commit: 'deploy', otherwise: 'monitoring' },
	watch: { otherwise: 'monitoring' },
	migrate: { data: 'migration', schema: 'migration', service: 'migration', release: 'migration', otherwise: 'restructure' },
	backup: { commit: 'deploy', otherwise: 'backup' },
	install: { environment: 'env-config', data: 'env-config', otherwise: 'deps' },
	upgrade: { ...git, ...tools, otherwise: 'deps' },
	configure: {
		...tools,
		...testsAtFault,
		component: 'new-component',
		service: 'new-integration',
		infra: 'deploy',
		otherwise: 'env-config',
	},
	greet: { otherwise: 'how-it-works' },
};

/** Said anywhere, these tell what kind of fault it is: "the app crashes when I add a row". */
const tellingFaults = ['regression', 'crash'] as const;

const isFault = (act: Act): boolean => act === 'fix' || act === 'symptom' || act === 'lack';

export interface Objects {
	/** Of the act itself, its head noun first: "the login page test" is a test. */
	readonly near: readonly Topic[];
	/** All others of the text, in order. */
	readonly far: readonly Topic[];
}

/** "playwright tests" are end-to-end tests, although their head noun only says tests. */
function mostExact(topic: Topic, near: readonly Topic[]): Topic {
	return topic === 'test' ? (exactTests.find(exact => near.includes(exact)) ?? topic) : topic;
}

const exactTests = ['e2e test', 'integration test', 'unit test'] as const;

export function leafOf(act: Act, objects: Objects): L3 {
	const table = tables[act];
	if (isFault(act)) {
		const fault = tellingFaults.find(topic => objects.near.includes(topic) || objects.far.includes(topic));
		const isTypo = objects.near.includes('typo') || objects.far.includes('typo');
		if (isTypo) return objects.near.includes('comment') || objects.far.includes('comment') ? 'inline-docs' : 'readme';
		if (fault !== undefined) return table[fault] ?? table.otherwise;
	}
	for (const topic of objects.near) if (topic in table) return table[mostExact(topic, objects.near)] ?? table.otherwise;
	// A finding of fault may be named far from the word that asks ("please fix … it throws an error"); a thing made is not.
	if (isFault(act)) for (const topic of objects.far) if (topic in faults) return table[topic] ?? table.otherwise;
	return table.otherwise;
}
