import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What runs, what npm needs to install its dependencies, and what an operator needs beside it. */
const CONTENT = [
  '.node-version',
  '.npmrc',
  'LICENSE',
  'components',
  'config',
  'docs/operator',
  'docs/operator.md',
  'package-lock.json',
  'package.json',
  'packages',
];

/** Folders that are built, installed, or only for tests. */
const LEFT_OUT_FOLDERS = new Set(['node_modules', 'dist', '.cache', 'data', 'testing', 'assembly', '__pycache__']);
const LEFT_OUT_FILES = /\.test\.|\.test-support\.|-fixture\.|\.contract\.|\.py$|^\.env$|\.log$|\.tsbuildinfo$/;

/** The page's sources are replaced by the built page; its package.json stays, for package-lock.json names it. */
const PAGE = 'components/frontend';

/**
 * The files that decide what a release is, sorted: those that go into it, and the page's sources.
 *
 * @param {string} root of the checkout
 * @returns {string[]} paths relative to it
 */
export function releaseSources(root) {
  const found = [];
  const visit = (path) => {
    const stats = statSync(join(root, path), { throwIfNoEntry: false });
    if (stats === undefined) return;
    if (!stats.isDirectory()) {
      found.push(path);
      return;
    }
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const out = entry.isDirectory() ? LEFT_OUT_FOLDERS.has(entry.name) : LEFT_OUT_FILES.test(entry.name);
      if (!out) visit(`${path}/${entry.name}`);
    }
  };
  for (const path of CONTENT) visit(path);
  return found.sort();
}

/**
 * The name of the release: the version of package.json, and the beginning of SHA-256 over names, executable bits and
 * contents of its sources. The same sources have the same name on every machine.
 *
 * @param {string} root
 * @param {readonly string[]} sources by `releaseSources`
 */
export function releaseName(root, sources) {
  const hash = createHash('sha256');
  for (const path of sources) {
    const bytes = readFileSync(join(root, path));
    const executable = (statSync(join(root, path)).mode & 0o100) !== 0;
    hash.update(`${path}\0${executable}\0${bytes.length}\0`).update(bytes);
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return `${version}-${hash.digest('hex').slice(0, 12)}`;
}

/**
 * Copies the sources that belong into a release, and the built page.
 *
 * @param {string} root
 * @param {readonly string[]} sources
 * @param {string} target folder
 * @param {string} page folder of the built page
 */
export function copyRelease(root, sources, target, page) {
  for (const path of sources) {
    if (path.startsWith(`${PAGE}/`) && path !== `${PAGE}/package.json`) continue;
    mkdirSync(dirname(join(target, path)), { recursive: true });
    cpSync(join(root, path), join(target, path));
  }
  cpSync(page, join(target, PAGE, 'dist'), { recursive: true });
}
