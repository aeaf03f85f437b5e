// Lint rules. The layer rules that look at whole import paths are in .dependency-cruiser.cjs.
import tseslint from 'typescript-eslint';

const noVscode = {
	'no-restricted-imports': ['error', { paths: [{ name: 'vscode', message: 'Only ui/ and extension.ts may touch the vscode API.' }] }],
};

export default tseslint.config(
	{ ignores: ['dist/**', 'coverage/**', 'artifacts/**', 'reports/**', 'node_modules/**', '**/*.cjs', '.stryker-tmp/**'] },
	tseslint.configs.strictTypeChecked,
	{
		languageOptions: { parserOptions: { project: ['./tsconfigs/test.json'], tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
			eqeqeq: 'error',
			'no-console': 'error',
			'no-eval': 'error',
		},
	},
	{ files: ['src/**'], ignores: ['src/extension/ui/**', 'src/extension/extension.ts'], rules: noVscode },
	{
		files: ['test/**', 'scripts/**'],
		rules: {
			'no-console': 'off',
			'@typescript-eslint/no-floating-promises': [
				'error',
				{ allowForKnownSafeCalls: [{ from: 'package', name: ['describe', 'it'], package: 'node:test' }] },
			],
		},
	},
	{ files: ['eslint.config.js', 'test/mutation/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
