#!/usr/bin/env node
// Makes a release that needs nothing but systemd on the machine it runs on: what runs, its production dependencies, the
// built page, and Node itself.
//
//   node scripts/make-release.mjs --name                 prints the release's name: version and digest of its sources
//   node scripts/make-release.mjs --into FOLDER          makes FOLDER/NAME, unless it is there
//   node scripts/make-release.mjs --archive FILE.tar.gz  makes an archive that holds the folder NAME
//
// --page FOLDER takes a page that was built elsewhere. Itself it needs Node 18 and npm.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { copyRelease, releaseName, releaseSources } from './release/release-files.mjs';
import { ensureDependencies } from './run/dependencies.mjs';
import { buildPage } from './run/page.mjs';
import { findNode } from './run/pinned-node.mjs';
import { runStep } from './run/step.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const options = {
  name: { type: 'boolean' },
  into: { type: 'string' },
  archive: { type: 'string' },
  page: { type: 'string' },
};

/** Only what master and executor need of the workspaces, and Node, which the root names. */
const INSTALL = [
  ...[
    'npm',
    'ci',
    '--omit=dev',
    '--include=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
  ],
  ...['--loglevel=error', '--workspace=@tessera/master', '--workspace=@tessera/executor', '--include-workspace-root'],
];

/** Runs a command. @throws Error when it fails. */
async function run(command, cwd, env = process.env) {
  const code = await runStep(command, { cwd, env });
  if (code !== 0) throw new Error(`${command[0]} ${command[1] ?? ''} failed (exit code ${code}): see above.`);
}

/** @returns the folder of the page, built if need be. */
async function providePage(given) {
  if (given !== undefined) {
    if (!existsSync(join(given, 'index.html'))) throw new Error(`--page: ${given} holds no index.html.`);
    return resolve(given);
  }
  await ensureDependencies(root);
  const path = [dirname(findNode(root)), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  if ((await buildPage({ cwd: root, env: { ...process.env, PATH: path } })) !== 0) {
    throw new Error('The page could not be built: see above.');
  }
  return join(root, 'components/frontend/dist');
}

/** Fills the folder, and proves that both programs load there: without settings each refuses to start with 78. */
async function fill(folder, sources, name, page) {
  copyRelease(root, sources, folder, page);
  await run(INSTALL, folder);
  mkdirSync(join(folder, 'bin'));
  symlinkSync(`../node_modules/node-${process.platform}-${process.arch}/bin/node`, join(folder, 'bin/node'));
  for (const program of ['master', 'executor']) {
    const args = [`components/${program}/src/main.ts`];
    const env = { LOG_LEVEL: 'not a level' };
    const { status, stderr, error } = spawnSync(join(folder, 'bin/node'), args, { cwd: folder, env, encoding: 'utf8' });
    if (status !== 78) throw new Error(`The ${program} does not load in the release: ${error?.message ?? stderr}`);
  }
  writeFileSync(join(folder, 'RELEASE'), `${name}\n`);
}

/** Makes the release in a folder beside `parent/name` and gives it that name when all is there. */
async function make(parent, sources, name, givenPage) {
  const page = await providePage(givenPage);
  mkdirSync(parent, { recursive: true });
  const staging = mkdtempSync(join(parent, '.making-'));
  try {
    const folder = join(staging, name);
    mkdirSync(folder);
    await fill(folder, sources, name, page);
    renameSync(folder, join(parent, name));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

async function archive(file, sources, name, page) {
  const work = mkdtempSync(join(dirname(file), '.release-'));
  try {
    await make(work, sources, name, page);
    const flags = ['--owner=0', '--group=0', '--numeric-owner', '--sort=name'];
    await run(['tar', ...flags, '-czf', `${file}.new`, '-C', work, name], root);
    renameSync(`${file}.new`, file);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function main() {
  const { values } = parseArgs({ options });
  const sources = releaseSources(root);
  const name = releaseName(root, sources);
  process.umask(0o022);
  if (values.into !== undefined) {
    if (!existsSync(join(values.into, name, 'RELEASE'))) await make(resolve(values.into), sources, name, values.page);
  } else if (values.archive !== undefined) {
    await archive(resolve(values.archive), sources, name, values.page);
  } else if (values.name !== true) {
    throw new Error('Usage: make-release.mjs --name | --into FOLDER | --archive FILE [--page FOLDER]');
  }
  console.log(name);
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
