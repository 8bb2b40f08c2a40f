import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The Node that runs the project: the one that npm installed as a dependency, else the present one if its major version
 * is that of .node-version.
 *
 * @param {string} root
 * @returns {string} the path of its executable.
 */
export function findNode(root) {
  const version = readFileSync(join(root, '.node-version'), 'utf8').trim();
  const installed = join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (existsSync(installed)) return installed;
  const major = version.split('.')[0];
  if (process.versions.node.split('.')[0] === major) return process.execPath;
  throw new Error(
    `Tessera runs on Node ${major}, and npm has none for ${process.platform} ${process.arch}: ` +
      `install Node ${version} and run this command with it (this is ${process.version}).`,
  );
}
