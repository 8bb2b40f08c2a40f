import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runStep } from './step.mjs';

/** What the page is made of. */
const sources = ['components/frontend', 'packages/contracts/src', 'package-lock.json'];

/**
 * Builds the page into components/frontend/dist unless it was built from the same sources.
 *
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} an exit code.
 */
export async function buildPage(options) {
  const stamp = join(options.cwd, '.cache/page.sha256');
  const digest = digestOf(options.cwd, sources);
  const built = existsSync(join(options.cwd, 'components/frontend/dist/index.html'));
  if (built && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return 0;
  console.log('Building the page …');
  const command = ['vite', 'build', '--logLevel', 'warn'];
  const code = await runStep(command, { ...options, cwd: join(options.cwd, 'components/frontend') });
  if (code === 0) {
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, digest);
  }
  return code;
}

/**
 * SHA-256 over names and contents of the files, without what is built or installed.
 *
 * @param {string} root
 * @param {readonly string[]} paths
 */
function digestOf(root, paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    if (statSync(join(root, path)).isDirectory()) {
      const names = readdirSync(join(root, path)).filter((name) => !['dist', 'node_modules', '.cache'].includes(name));
      for (const name of names.sort()) visit(join(path, name));
      return;
    }
    const bytes = readFileSync(join(root, path));
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}
