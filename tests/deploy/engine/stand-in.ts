import { createHash } from 'node:crypto';
import { cp, readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../../services/find-program.ts';
import { goProgramFolder } from '../../services/go-program.ts';
import { S3Server } from '../../services/s3.ts';
import { runCommand } from '../../services/run-command.ts';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { debianImage } from './debootstrap.ts';
import type { DockerEngine } from './docker-engine.ts';

const folder = fileURLToPath(new URL('../stand-ins', import.meta.url));

type Built = 'machine' | 'docker-machine' | 'node' | 'rabbitmq' | 'postgres' | 'versitygw';

/** The Debian of containers, and that of machines: code names. */
const containers = 'bookworm';
const machines = process.env.TESSERA_DEPLOY_DEBIAN ?? containers;

/** What each stand-in is built on, and the files that its folder lacks. */
const standIns: Readonly<
  Record<Built, { base: StandInName; files?: () => Promise<Readonly<Record<string, string>>> }>
> = {
  machine: { base: 'machine-debian' },
  'docker-machine': { base: 'machine' },
  node: { base: 'debian', files: nodeFiles },
  rabbitmq: { base: 'debian' },
  postgres: { base: 'debian' },
  versitygw: { base: 'debian', files: versitygwFiles },
};

/**
 * `machine` boots systemd as PID 1; `docker-machine` has a docker engine too; the others stand in for the images of the
 * same name that deployments pull from a registry, with their users, variables, paths and ports.
 */
export type StandInName = Base | Built;

/** Minimal systems: of containers, and of machines. */
type Base = 'debian' | 'machine-debian';

const made = new Map<string, Promise<string>>();

/**
 * Makes the stand-in image, once per engine and content: tests need no registry of images, only one of Debian packages.
 *
 * @returns its name.
 */
export function standIn(engine: DockerEngine, name: StandInName): Promise<string> {
  const key = `${engine.host} ${name}`;
  const image = made.get(key) ?? make(engine, name);
  made.set(key, image);
  return image;
}

function make(engine: DockerEngine, name: StandInName): Promise<string> {
  if (name === 'machine-debian' && machines === containers) return standIn(engine, 'debian');
  return oneAtATime(name, () => {
    if (name === 'debian') return debianImage(engine, containers);
    if (name === 'machine-debian') return debianImage(engine, machines);
    return build(engine, name);
  });
}

async function build(engine: DockerEngine, name: Built): Promise<string> {
  const { base, files } = standIns[name];
  const parent = await standIn(engine, base);
  const more = (await files?.()) ?? {};
  const hash = createHash('sha256').update(parent);
  for (const file of (await readdir(join(folder, name))).sort()) hash.update(await readFile(join(folder, name, file)));
  for (const source of Object.values(more)) hash.update(await runCommand('du', ['--bytes', '--summarize', source]));
  const image = `tessera-stand-in-${name}:${hash.digest('hex').slice(0, 12)}`;
  if (await engine.hasImage(image)) return image;
  console.log(`Building the stand-in image ${name} (once) …`);
  const context = await createTemporaryFolder('stand-in');
  try {
    await cp(join(folder, name), context.path, { recursive: true });
    for (const [file, source] of Object.entries(more)) {
      await cp(source, join(context.path, file), { recursive: true, dereference: true });
    }
    await engine.docker(['build', '--network', 'host', '--tag', image, '--build-arg', `BASE=${parent}`, context.path]);
  } finally {
    await context.remove();
  }
  return image;
}

/** The Node that runs the tests, and npm of the same machine. */
export async function nodeFiles(): Promise<{ readonly node: string; readonly npm: string }> {
  const npm = findProgram(['npm']);
  if (npm === undefined) throw new Error('The stand-in for the Node image needs npm on the PATH.');
  const script = (await runCommand('readlink', ['--canonicalize', npm])).trim();
  return { node: process.execPath, npm: dirname(dirname(script)) };
}

async function versitygwFiles() {
  const find = () =>
    findProgram([
      'versitygw',
      join(goProgramFolder, 'versitygw'),
      join(process.env.HOME ?? '/root', 'go/bin/versitygw'),
    ]);
  if (find() === undefined) await S3Server.create();
  const program = find();
  if (program === undefined)
    throw new Error('The stand-in for the S3 server needs versitygw, which could not be built.');
  return { versitygw: program };
}
