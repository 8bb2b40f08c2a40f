import { readFile, rename, writeFile } from 'node:fs/promises';

/**
 * Gives a file a content, at once or not at all, unless it has it.
 *
 * @param {string} path
 * @param {string} text
 * @param {number} mode
 * @returns {Promise<boolean>} whether the file was written.
 */
export async function keepFile(path, text, mode) {
  if ((await readFile(path, 'utf8').catch(() => undefined)) === text) return false;
  await writeFile(`${path}.new`, text, { mode });
  await rename(`${path}.new`, path);
  return true;
}
