import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDebianPackages } from './debian-packages.ts';
import { runCommand } from './run-command.ts';

/**
 * Packages of PyPI in an environment of their own below `.cache`, installed once; gives the path of its Python.
 *
 * @param alone packages of which nothing is installed that they ask for.
 */
export async function pythonPackages(
  name: string,
  packages: readonly string[],
  alone: readonly string[] = [],
): Promise<string> {
  const environment = fileURLToPath(new URL(`../../.cache/${name}`, import.meta.url));
  const [python, ready] = [join(environment, 'bin/python'), join(environment, 'ready')];
  const isThere = await access(ready).then(
    () => true,
    () => false,
  );
  if (isThere) return python;
  console.log(`Installing ${packages.join(' ')} (a minute, once) …`);
  const make = ['-m', 'venv', '--clear', environment];
  await runCommand('/usr/bin/python3', make).catch(async (error: unknown) => {
    if ((await installDebianPackages(['python3-venv'])) !== undefined) throw error;
    return runCommand('/usr/bin/python3', make);
  });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:'];
  await runCommand(python, [...pip, ...packages]);
  if (alone.length > 0) await runCommand(python, [...pip, '--no-deps', ...alone]);
  await writeFile(ready, '');
  return python;
}
