import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runStep } from './step.mjs';

/**
 * Installs the dependencies with `npm ci` unless `node_modules` holds what package-lock.json names.
 *
 * @param {string} root
 */
export async function ensureDependencies(root) {
  if (dependenciesInStep(root)) return;
  console.log('Installing the dependencies that package-lock.json names, Node included (a minute at the first run) …');
  // When npm started this process, the same npm; otherwise the one on the PATH.
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const code = await runStep(
    [...npm, 'ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional'],
    {
      cwd: root,
    },
  );
  if (code !== 0) {
    throw new Error(`npm ci failed (exit code ${code}): see above. The npm registry must be reachable for it.`);
  }
  if (!dependenciesInStep(root)) {
    throw new Error('npm ci succeeded, but node_modules still differs from package-lock.json.');
  }
}

/**
 * npm records in node_modules/.package-lock.json, as the last act of an installation, what it installed. Optional
 * packages may be missing: they are for other machines.
 *
 * @param {string} root
 */
export function dependenciesInStep(root) {
  const installedFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, link, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined) return optional === true;
    return found.version === version && found.link === link;
  });
}
