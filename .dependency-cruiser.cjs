'use strict';

/** Files that only tests load. */
const testFiles = String.raw`\.(test|test-support|contract|bench|fixture)\.tsx?$|/(contract|testing)/|-fixture\.tsx?$|^tests/|^bench/`;
/** Where adapters are chosen: the main files of components and of their tools, and the standalone form as a whole. */
const compositionRoots = String.raw`^components/[^/]+/src/main\.ts$|^components/master/src/full-master\.ts$|^components/executor/src/full-executor\.ts$|^components/master/src/backup/main\.ts$|^components/standalone/src/`;

/** An adapter's library, and the folder that alone may import it. */
const adapterLibraries = [
  { library: 'amqplib', folder: '^packages/queue/src/rabbitmq/' },
  { library: 'pg', folder: '^packages/store/src/' },
  { library: '@electric-sql/pglite', folder: '^packages/store/src/' },
  { library: '@aws-sdk/[^/]+', folder: '^packages/storage/src/' },
  { library: 'sharp', folder: '^packages/codec/src/' },
  { library: '@opentelemetry/[^/]+', folder: '^packages/telemetry/src/otlp/' },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Modules that need each other are one module, or a third one is missing.',
      from: {},
      // A cycle that a type closes does not exist when the code runs.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nobody imports this file and nobody starts it: delete it.',
      from: {
        orphan: true,
        pathNot: `(^|/)(main|index)\\.tsx?$|\\.d\\.ts$|\\.config\\.|^scripts/|/public/|${testFiles}`,
      },
      to: {},
    },
    {
      name: 'contracts-import-zod-only',
      severity: 'error',
      from: { path: '^packages/contracts/src/', pathNot: testFiles },
      to: { pathNot: '^packages/contracts/src/|(^|/)node_modules/zod/' },
    },
    {
      name: 'kernel-is-pure',
      severity: 'error',
      comment:
        'The kernel computes: no input or output, no clock, no library. Its errors are the one thing of the runtime it uses.',
      from: { path: '^packages/imaging/src/', pathNot: testFiles },
      to: {
        pathNot: [
          '^packages/(imaging|contracts)/src/',
          '^packages/runtime/src/app-error\\.ts$',
          '^(node:)?crypto$',
          '(^|/)node_modules/zod/',
        ],
      },
    },
    {
      name: 'packages-import-no-component',
      severity: 'error',
      from: { path: '^packages/', pathNot: testFiles },
      to: { path: '^components/' },
    },
    {
      name: 'components-do-not-import-each-other',
      severity: 'error',
      from: { path: '^components/([^/]+)/', pathNot: `^components/standalone/|${testFiles}` },
      to: { path: '^components/', pathNot: '^components/$1/' },
    },
    {
      name: 'standalone-imports-master-and-executor-by-index',
      severity: 'error',
      from: { path: '^components/standalone/', pathNot: testFiles },
      to: { path: '^components/', pathNot: '^components/standalone/|^components/(master|executor)/src/index\\.ts$' },
    },
    {
      name: 'frontend-imports-contracts-only',
      severity: 'error',
      comment: 'And what it shows as the machines compute it: rasters and their colours, curves of levels.',
      from: { path: '^components/frontend/src/' },
      to: {
        path: '^packages/',
        pathNot:
          '^packages/contracts/|^packages/geo/src/page\\.ts$|^packages/imaging/src/operations/tone/monotone-cubic\\.ts$',
      },
    },
    {
      name: 'ports-do-not-know-each-other',
      severity: 'error',
      comment: 'Storage, queue and store are independent ports over contracts and runtime.',
      from: { path: '^packages/(storage|queue|store)/src/', pathNot: testFiles },
      to: { path: '^packages/', pathNot: '^packages/($1|contracts|runtime)/' },
    },
    {
      name: 'runtime-imports-contracts-only',
      severity: 'error',
      from: { path: '^packages/runtime/src/', pathNot: testFiles },
      to: { path: '^packages/', pathNot: '^packages/(runtime|contracts)/' },
    },
    {
      name: 'packages-by-their-exports',
      severity: 'error',
      comment: 'Another package is imported by its name, never by a relative path into its sources.',
      from: { path: '^(packages|components)/([^/]+)/', pathNot: testFiles },
      to: { path: '^(packages|components)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    },
    {
      name: 'adapters-in-composition-roots-only',
      severity: 'error',
      from: {
        path: '^(components|packages)/',
        pathNot: `^packages/(storage|queue|store)/|${compositionRoots}|${testFiles}`,
      },
      // The store in memory is no adapter to anything outside: a pass may keep its intermediate files there.
      to: {
        path: '^packages/(storage|queue|store)/src/[^/]+/index\\.ts$',
        pathNot: '^packages/storage/src/memory/',
      },
    },
    ...adapterLibraries.map(({ library, folder }) => ({
      name: `${library.replace(/[^a-z0-9-]/g, '-').replace(/^-+|-+$/g, '')}-in-its-adapter-only`,
      severity: 'error',
      from: { pathNot: `${folder}|${testFiles}|^scripts/` },
      to: { path: `(^|/)node_modules/${library}/` },
    })),
    {
      name: 'no-test-files-in-the-product',
      severity: 'error',
      from: { path: '^(packages|components)/', pathNot: testFiles },
      to: { path: testFiles },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:|\\?' },
    },
    {
      name: 'declared-dependencies-only',
      severity: 'error',
      comment: 'A package imports what its package.json names; hoisting alone must not make it work.',
      from: { path: '^(packages|components)/', pathNot: testFiles },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.cache|assembly)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.d.ts', '.json'],
    },
  },
};
