import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDebianPackages } from './debian-packages.ts';
import { findProgram } from './find-program.ts';
import { runCommand } from './run-command.ts';

/** Where the programs that the tests build are kept. */
export const goProgramFolder = fileURLToPath(new URL('../../.cache/bin', import.meta.url));

/** The compiler that is fetched where the machine's Go is too old to fetch one by itself (before 1.21). */
const compiler = '1.25.5';

/**
 * Builds a program from the Go module proxy into `goProgramFolder`, with the machine's Go or Debian's.
 *
 * @returns why that was not possible, if so.
 */
export async function installGoProgram(module: string, version: string): Promise<string | undefined> {
  const find = () => findProgram(['go', '/usr/lib/go-*/bin/go']);
  const problem = find() === undefined ? await installDebianPackages(['golang-go']) : undefined;
  const go = find();
  if (go === undefined) return `Go is not on this machine: ${problem ?? 'its package brought no program'}`;
  console.log(`Building ${module}@${version} with Go (one to three minutes, once) …`);
  try {
    await mkdir(goProgramFolder, { recursive: true });
    const env = { ...process.env, GOBIN: goProgramFolder, GOTOOLCHAIN: 'auto', GOFLAGS: '' };
    const chooses = isNewEnough(await runCommand(go, ['env', 'GOVERSION'], { env }));
    if (chooses) await runCommand(go, ['install', `${module}@${version}`], { env });
    else await buildWithFetchedCompiler(go, `${module}@${version}`);
    return undefined;
  } catch (error) {
    return (error as Error).message.slice(-1000);
  }
}

/** From 1.21 on Go fetches the compiler that a module asks for. */
function isNewEnough(version: string): boolean {
  const [, minor] = /^go1\.(\d+)/.exec(version.trim()) ?? [];
  return minor !== undefined && Number(minor) >= 21;
}

/** Compilers are modules of the proxy too; what an old Go can not do is run them, for it drops the executable bits. */
async function buildWithFetchedCompiler(go: string, program: string): Promise<void> {
  const folder = fileURLToPath(new URL('../../.cache/go', import.meta.url));
  // A module cache that may be written to can be deleted.
  const env = {
    ...process.env,
    GOPATH: folder,
    GOMODCACHE: join(folder, 'mod'),
    GOFLAGS: '-modcacherw',
    GOBIN: goProgramFolder,
  };
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const name = `golang.org/toolchain@v0.0.1-go${compiler}.${platform}`;
  const { Dir: root } = JSON.parse(await runCommand(go, ['mod', 'download', '-json', name], { env })) as {
    Dir: string;
  };
  for (const part of ['bin', `pkg/tool/${platform.replace('-', '_')}`]) {
    for (const file of await readdir(join(root, part))) await chmod(join(root, part, file), 0o755);
  }
  await runCommand(join(root, 'bin/go'), ['install', program], { env: { ...env, GOROOT: root, GOTOOLCHAIN: 'local' } });
  await rm(folder, { recursive: true });
}
