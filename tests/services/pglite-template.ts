import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makePgliteTemplate } from '../../packages/store/src/testing/pglite-template.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.cache/pglite');
/** What decides what the template holds. */
const migrations = join(root, 'packages/store/src/migrations');
const library = join(root, 'packages/store/package.json');

/**
 * The data of an empty, migrated database as an archive of tar, made once per content: databases in a process begin with
 * it, since making one from nothing computes for four seconds.
 *
 * @returns its path.
 */
export async function providePgliteTemplate(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(library));
  for (const name of (await readdir(migrations)).sort()) {
    hash.update(name).update(await readFile(join(migrations, name)));
  }
  const path = join(folder, `${hash.digest('hex').slice(0, 16)}.tar`);
  const made = await stat(path).catch(() => undefined);
  if (made !== undefined) return path;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const unfinished = `${path}.${String(process.pid)}`;
  await writeFile(unfinished, (await makePgliteTemplate()).stream());
  await rename(unfinished, path);
  return path;
}
