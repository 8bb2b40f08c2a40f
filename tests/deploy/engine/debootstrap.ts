import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { cp, readFile, readdir, rm, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from '../../services/find-program.ts';
import { installDebianPackages } from '../../services/debian-packages.ts';
import { runCommand } from '../../services/run-command.ts';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import type { DockerEngine } from './docker-engine.ts';

const authorities = '/usr/local/share/ca-certificates';
const bundle = '/etc/ssl/certs/ca-certificates.crt';

/**
 * Makes an image of a minimal Debian that trusts the same certificate authorities as this machine, so that what runs in
 * it gets through the same proxies.
 *
 * @param release its code name.
 * @returns its name.
 * @throws Error that says what to install, where Debian's debootstrap is missing and can not be installed.
 */
export async function debianImage(engine: DockerEngine, release: string): Promise<string> {
  const certificates = await readAuthorities();
  const content = createHash('sha256').update(release).update(JSON.stringify(certificates)).digest('hex').slice(0, 12);
  const name = `tessera-stand-in-debian:${content}`;
  if (await engine.hasImage(name)) return name;
  const debootstrap = await findDebootstrap();
  console.log(`Making a minimal Debian ${release} with debootstrap (half a minute, once) …`);
  const folder = await createTemporaryFolder('debian');
  try {
    const root = join(folder.path, 'root');
    await runCommand(debootstrap, ['--variant=minbase', '--include=ca-certificates', release, root]);
    await mkdir(join(root, authorities), { recursive: true });
    if (certificates.length > 0) await cp(authorities, join(root, authorities), { recursive: true });
    await runCommand('chroot', [root, 'update-ca-certificates']);
    await rm(join(root, 'var/cache/apt/archives'), { recursive: true });
    await mkdir(join(root, 'var/cache/apt/archives/partial'), { recursive: true });
    const tar = spawn('tar', ['--directory', root, '--create', '--numeric-owner', '.'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const changes = ['--change', `ENV NODE_EXTRA_CA_CERTS=${bundle}`, '--change', 'CMD ["bash"]'];
    await engine.docker(['import', ...changes, '-', name], { input: tar.stdout });
  } finally {
    await folder.remove();
  }
  return name;
}

async function findDebootstrap(): Promise<string> {
  const find = () => findProgram(['debootstrap']);
  const problem = find() === undefined ? await installDebianPackages(['debootstrap']) : undefined;
  const found = find();
  if (found === undefined) {
    throw new Error(
      `The deployment tests need debootstrap (${problem ?? 'not found'}). Run: apt-get install debootstrap`,
    );
  }
  return found;
}

/** The certificates that were added to this machine's own, by name. */
async function readAuthorities(): Promise<readonly (readonly [string, string])[]> {
  const files = (await readdir(authorities).catch(() => [])).filter((file) => file.endsWith('.crt')).sort();
  return Promise.all(files.map(async (file) => [file, await readFile(join(authorities, file), 'utf8')] as const));
}
