import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../services/run-command.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const PARTS = ['packages', 'tests', 'vitest.config.ts', 'tsconfig.base.json', 'tsconfig.node.json', 'package.json'];

/** Puts the code as it was before the newest migration into a folder, with the dependencies of today. */
export async function checkOutPrevious(folder: string): Promise<void> {
  const git = (...args: readonly string[]): Promise<string> => runCommand('git', args, { cwd: root });
  const newest = await git(
    'log',
    '--format=%H',
    '--max-count=1',
    '--diff-filter=A',
    '--',
    'packages/store/src/migrations',
  );
  const archive = join(folder, 'previous.tar');
  await git('archive', '--output', archive, `${newest.trim()}^`, ...PARTS);
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
