#!/usr/bin/env node
// Runs the project's tasks with the Node and the dependencies they need. Itself it needs nothing but Node 18, so that
// `npm start` and `npm test` work in an empty clone.
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './run/dependencies.mjs';
import { buildPage } from './run/page.mjs';
import { findNode } from './run/pinned-node.mjs';
import { runStep, runTogether } from './run/step.mjs';
import { runTests } from './run/test-run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// The option keeps V8 alive: its registry of code that is protected by keys of the processor loses pages when WebAssembly
// comes and goes on several threads, and then ends the process.
const standalone = ['node', '--no-memory-protection-keys', 'components/standalone/src/main.ts'];
const cruised = ['packages', 'components', 'tests', 'scripts', 'bench'];

/** What each check runs. */
const checks = {
  types: [['tsc', '-b']],
  lint: [['eslint', '.']],
  format: [['prettier', '--check', '--log-level', 'warn', '.']],
  imports: [['node', 'scripts/check-imports.mjs', ...cruised]],
  generated: [
    ['node', 'scripts/generate-openapi.ts', '--check'],
    ['node', 'scripts/generate-operator-docs.ts', '--check'],
    ['node', 'scripts/build-kernels.mjs', '--check'],
  ],
};

/** @typedef {{ cwd: string, env: NodeJS.ProcessEnv }} Place */
/** @type {Record<string, { about: string, run: (args: string[], place: Place) => Promise<number> }>} */
const tasks = {
  start: {
    about: 'build the page if it changed, and run Tessera on http://localhost:8080',
    run: (args, place) => inTurn([() => buildPage(place), () => runStep([...standalone, ...args], place)]),
  },
  dev: {
    about: 'run Tessera and restart it on change, with the page at http://localhost:5173',
    run: (args, place) =>
      inTurn([
        () => buildPage(place),
        () =>
          runTogether(
            [
              ['node', '--watch', '--watch-preserve-output', ...standalone.slice(1), ...args],
              ['vite', 'components/frontend'],
            ],
            place,
          ),
      ]),
  },
  build: { about: 'build the page', run: (_args, place) => buildPage(place) },
  test: {
    about: 'run all tests, or those whose paths contain an argument',
    run: test,
  },
  'test:faults': {
    about: 'run the tests that kill processes and servers, with outages in their full length',
    run: (args, { cwd, env }) =>
      test(['--project', 'faults', ...args], { cwd, env: { ...env, TESSERA_FAULTS: 'long' } }),
  },
  'test:parts': {
    about: 'run the tests of the parts with every outage, and many more random cases for laws',
    run: (args, { cwd, env }) => test(['--project', 'unit', ...args], { cwd, env: { ...env, TESSERA_PARTS: 'long' } }),
  },
  'test:deploy': {
    about: 'install and run Tessera on real containers and real systemd machines, in full length',
    run: (args, { cwd, env }) =>
      test(['--project', 'deploy*', ...args], { cwd, env: { ...env, TESSERA_DEPLOY: 'long' } }),
  },
  'test:page': {
    about: 'drive the page in a browser on both forms, with every slow visit',
    run: (args, { cwd, env }) => test(['--project', 'e2e', ...args], { cwd, env: { ...env, TESSERA_PAGE: 'long' } }),
  },
  check: { about: 'check types, lint, format, import rules and generated files', run: check },
  fix: {
    about: 'repair what lint and format can repair',
    run: (_args, place) =>
      inTurn([
        () => runStep(['eslint', '--fix', '.'], place),
        () => runStep(['prettier', '--write', '--log-level', 'warn', '.'], place),
      ]),
  },
  docs: {
    about: 'write the generated files: OpenAPI, operator documentation, .env.example',
    run: (_args, place) =>
      inTurn(['openapi', 'operator-docs'].map((name) => () => runStep(['node', `scripts/generate-${name}.ts`], place))),
  },
  smoke: {
    about: 'send a picture through a running site: npm run smoke -- URL',
    run: (args, place) => runStep(['node', 'tests/smoke/main.ts', ...args], place),
  },
  calibrate: {
    about: 'measure what each operation and format costs on this machine, and write the table that masters plan by',
    run: (args, place) => runStep(['node', 'bench/calibrate/main.ts', ...args], place),
  },
  bench: { about: 'measure', run: (args, place) => runStep(['node', 'bench/main.ts', ...args], place) },
};

/** Runs the steps until one fails. */
async function inTurn(steps) {
  for (const step of steps) {
    const code = await step();
    if (code !== 0) return code;
  }
  return 0;
}

/** The end-to-end tests drive the built page. */
function test(args, place) {
  return inTurn([() => buildPage(place), () => runTests(args, place)]);
}

/** Runs all checks, or the named ones, to the end, so that one run tells everything. */
async function check(args, place) {
  const unknown = args.filter((name) => !(name in checks));
  if (unknown.length > 0)
    throw new Error(`There is no check ${unknown.join(', ')}: ${Object.keys(checks).join(', ')}.`);
  const failed = [];
  for (const name of args.length > 0 ? args : Object.keys(checks)) {
    const start = performance.now();
    let code = 0;
    for (const command of checks[name]) code = (await runStep(command, place)) || code;
    if (code !== 0) failed.push(name);
    console.log(`${code === 0 ? '✓' : '✗'} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  }
  if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}`);
  return failed.length > 0 ? 1 : 0;
}

async function main([name, ...args]) {
  const task = Object.hasOwn(tasks, name ?? '') ? tasks[name] : undefined;
  if (task === undefined) {
    const lines = Object.entries(tasks).map(([task, { about }]) => `  ${task.padEnd(12)} ${about}`);
    console.error(`Usage: node scripts/run.mjs <task>\n${lines.join('\n')}`);
    return 2;
  }
  await ensureDependencies(root);
  const path = [dirname(findNode(root)), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  // What Node has read and compiled once, all its later processes find there: they start in half the time.
  const NODE_COMPILE_CACHE = process.env.NODE_COMPILE_CACHE ?? join(root, '.cache/node');
  return task.run(args, { cwd: root, env: { ...process.env, PATH: path, NODE_COMPILE_CACHE } });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
