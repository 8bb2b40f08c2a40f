import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../services/run-command.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const PARTS = ['packages', 'tests', 'vitest.config.ts', 'tsconfig.base.json', 'tsconfig.node.json', 'package.json'];

const MIGRATIONS = 'packages/store/src/migrations';

/**
 * The newest commit whose migrations are the first of today's. While a migration is not released it may get another name;
 * what knows it by the name of before is no version that ever ran.
 */
async function lastOfFewerMigrations(git: (...args: readonly string[]) => Promise<string>): Promise<string> {
  const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
  const today = (await readdir(join(root, MIGRATIONS))).sort();
  for (const commit of lines(await git('log', '--format=%H', '--', MIGRATIONS))) {
    const names = lines(await git('ls-tree', '--name-only', `${commit}^:${MIGRATIONS}`)).sort();
    if (names.length < today.length && names.every((name, index) => name === today[index])) return `${commit}^`;
  }
  throw new Error('There is no version with fewer migrations.');
}

/** Puts the code as it was before the newest migration into a folder, with the dependencies of today. */
export async function checkOutPrevious(folder: string): Promise<void> {
  const git = (...args: readonly string[]): Promise<string> => runCommand('git', args, { cwd: root });
  const previous = await lastOfFewerMigrations(git);
  const archive = join(folder, 'previous.tar');
  await git('archive', '--output', archive, previous, ...PARTS);
  await runCommand('tar', ['-x', '-f', archive, '-C', folder]);
  // What that commit's tests lacked: it was one of several that belonged together.
  await cp(join(root, 'tests'), join(folder, 'tests'), { recursive: true, force: false });
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '@tessera'), { recursive: true });
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name !== '@tessera') await symlink(join(root, 'node_modules', name), join(modules, name));
  }
  for (const name of await readdir(join(folder, 'packages'))) {
    await symlink(join(folder, 'packages', name), join(modules, '@tessera', name));
  }
}
