import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installDebianPackages } from '../../services/debian-packages.ts';
import { findProgram } from '../../services/find-program.ts';
import { goProgramFolder } from '../../services/go-program.ts';
import { runCommand, tryCommand } from '../../services/run-command.ts';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import { long } from './long.ts';

const version = 'v2.40.3';
const module = 'github.com/docker/compose/v2';
let found: Promise<string> | undefined;

/**
 * The program of docker compose: the machine's own; where there is none, version 2 from the Go module proxy in the long
 * form of the tests, and Debian's package in the short one, for building takes minutes.
 *
 * @throws Error that says what to install.
 */
export function findCompose(): Promise<string> {
  found ??= find();
  return found;
}

async function find(): Promise<string> {
  const folders = [goProgramFolder, '/usr/libexec/docker/cli-plugins', '/usr/lib/docker/cli-plugins'];
  for (const folder of folders) {
    const program = findProgram([join(folder, 'docker-compose')]);
    if (program !== undefined && (await tryCommand(program, ['version'])).ok) return program;
  }
  if (long) return build(join(goProgramFolder, 'docker-compose'));
  const debian = () => findProgram(['/usr/bin/docker-compose']);
  const problem = debian() === undefined ? await installDebianPackages(['docker-compose']) : undefined;
  const program = debian();
  if (program !== undefined) return program;
  throw new Error(
    `The deployment tests need docker compose (${problem ?? 'not found'}). Run: apt-get install docker-compose`,
  );
}

/** `go install` refuses modules with `exclude` lines, so a module of its own builds the command. */
async function build(target: string): Promise<string> {
  console.log(`Building docker compose ${version} with Go (some minutes, once) …`);
  const go = findProgram(['go', '/usr/lib/go-*/bin/go']);
  if (go === undefined)
    throw new Error('The deployment tests build docker compose 2 with Go. Run: apt-get install golang-go');
  const folder = await createTemporaryFolder('compose');
  try {
    await mkdir(goProgramFolder, { recursive: true });
    await writeFile(join(folder.path, 'go.mod'), 'module compose\n\ngo 1.24.3\n');
    const options = { cwd: folder.path, env: { ...process.env, GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'auto' } };
    await runCommand(go, ['get', `${module}/cmd@${version}`], options);
    const name = `-X ${module}/internal.Version=${version}`;
    await runCommand(go, ['build', '-ldflags', name, '-o', target, `${module}/cmd`], options);
    return target;
  } finally {
    await folder.remove();
  }
}
