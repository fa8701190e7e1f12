import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const core = ['src/core/**/*.ts', 'src/features/*/core/**/*.ts'];
const tests = ['**/*.test.ts', '**/*.fake.ts', 'tests/**', 'tools/simulators/**', 'tools/seed/**'];

const noModuleMocks = {
  selector: "CallExpression[callee.object.name='vi'][callee.property.name=/^(mock|doMock|hoisted)$/]",
  message: 'Pass a fake in. Do not patch modules.',
};
const noSleeps = {
  selector:
    "NewExpression[callee.name='Promise'] CallExpression[callee.name='setTimeout'][arguments.0.type='Identifier']",
  message: 'Wait for what you wait for (expect.poll), not for time to pass.',
};

export default ts.config(
  { ignores: ['.svelte-kit', 'build', 'src/i18n', 'data', '*.config.*', '*.mjs', 'tools/bootstrap/**'] },
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.node, ...globals.browser },
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.svelte'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['warn', { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ['warn', 12],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Only cli.ts reads the environment. Take Config instead.',
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off', // `void` says that a value is thrown away on purpose
      '@typescript-eslint/unbound-method': 'off', // factories return closures; nothing here uses `this`
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'svelte/no-navigation-without-resolve': 'off', // only needed with paths.base
    },
  },
  {
    files: ['src/server/cli.ts', 'tools/**', 'tests/**'],
    rules: { 'no-restricted-properties': 'off', 'no-console': 'off' },
  },
  // Lists of routes, and of what is put together: splitting them would say nothing more.
  {
    files: ['src/**/{api,*.api}.ts', 'src/server/main.ts', 'src/server/compose/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: core,
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Core takes the time as an argument.',
        },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'Core takes the time as an argument.',
        },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'Core takes randomness as an argument.',
        },
        { selector: ':function[async=true]', message: 'Core is synchronous: it decides, it does not wait.' },
        { selector: 'ThrowStatement', message: 'Core returns a Result.' },
        { selector: 'ClassDeclaration', message: 'Core is values and functions.' },
      ],
    },
  },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    files: tests,
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/require-await': 'off',
      'no-restricted-syntax': ['error', noModuleMocks],
    },
  },
  { files: ['**/*.test.ts'], rules: { 'no-restricted-syntax': ['error', noModuleMocks, noSleeps] } },
);
