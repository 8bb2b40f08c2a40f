import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const tests = [
  '**/*.{test,test-support,contract,bench,fixture}.{ts,tsx}',
  '**/*-fixture.ts',
  '**/contract/**',
  '**/testing/**',
  'tests/**',
  'bench/**',
];

/** Selectors of `no-restricted-syntax`; a later block replaces the whole list, so it names all that it keeps. */
const syntax = {
  plainError: {
    selector: 'ThrowStatement > NewExpression[callee.name=/^(Error|TypeError|RangeError)$/]',
    message: 'Throw an AppError with a code of the error table, so that every refusal has a status and a code.',
  },
  defaultExport: {
    selector: 'ExportDefaultDeclaration',
    message: 'Export by name, so that a thing is called the same everywhere.',
  },
  exportAll: {
    selector: 'ExportAllDeclaration',
    message: 'List each public name: the index file is the documentation of what a package offers.',
  },
  environment: {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Read the environment in config.ts only; everything else takes its settings as arguments.',
  },
};
const { plainError, defaultExport, exportAll, environment } = syntax;

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      '**/.cache/',
      '**/coverage/',
      'data/',
      '**/assembly/',
      '**/*.d.ts',
      'bench/inputs/',
      'bench/results/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.node.json', './components/frontend/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'max-lines': ['error', 300],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', plainError, defaultExport, exportAll, environment],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(assert|async_hooks|buffer|child_process|cluster|crypto|dns|events|fs|http2?|https|module|net|os|path|perf_hooks|process|querystring|readline|stream|string_decoder|timers|tls|url|util|v8|vm|worker_threads|zlib)(/|$)`,
              message: 'Name modules of Node with the prefix node:.',
            },
          ],
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers and booleans in a template are plain to read.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `() => socket.end()` as a callback that returns nothing is what everyone writes.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // A class that only implements a port has methods without `this`, and async ones without `await`.
      '@typescript-eslint/require-await': 'off',
      // Narrowing a stream to the socket that Node documents it to be is not unsafe.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // A callback may give nothing now or later: `void | Promise<void>`.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Code points of a string are what we want where we spread one.
      '@typescript-eslint/no-misused-spread': 'off',
      // `||` is meant where an empty string counts as not given.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions'] }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
    },
  },
  {
    // Indices in pixel and byte loops are bounded by the loop; a check for each would be the larger part of the code.
    files: [
      'packages/{imaging,geo}/**/*.ts',
      'packages/codec/src/{strip,window,pyramid}/**/*.ts',
      'components/frontend/src/features/map/reader/**/*.ts',
    ],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    // The kernel's results depend on its arguments alone.
    files: ['packages/imaging/src/**/*.ts', 'packages/contracts/src/**/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'The kernel knows no randomness.' },
        { object: 'Date', property: 'now', message: 'The kernel knows no clock.' },
        { object: 'performance', property: 'now', message: 'The kernel knows no clock.' },
      ],
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval'],
    },
  },
  {
    files: ['components/*/src/config.ts', 'packages/runtime/src/config.ts'],
    rules: { 'no-restricted-syntax': ['error', plainError, defaultExport, exportAll] },
  },
  {
    // Programs that print to a terminal.
    files: [
      'packages/cli/src/**/*.ts',
      'scripts/**',
      'bench/**',
      'tests/{services,smoke}/**',
      'tests/deploy/engine/**',
      'tests/global-setup.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['scripts/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', defaultExport, exportAll] },
  },
  {
    // A list of names is as long as there are names.
    files: ['packages/*/src/index.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: tests,
    rules: {
      'max-lines': 'off',
      'no-restricted-syntax': ['error', defaultExport, exportAll],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'vitest', name: ['it', 'test', 'describe'] }] },
      ],
      // expect.any(…) and JSON of a response are of type any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['*.config.{js,ts}', 'components/*/*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // Settings of tools belong to no TypeScript project.
  { files: ['components/*/*.config.ts'], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: globals.node },
  },
  { files: ['components/frontend/**/*.js'], languageOptions: { globals: globals.browser } },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
  prettier,
);
