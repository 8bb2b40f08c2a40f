import { createReadStream } from 'node:fs';
import { access, mkdir, rename } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { goProgramFolder } from '../../services/go-program.ts';
import { runCommand } from '../../services/run-command.ts';
import { S3Server } from '../../services/s3.ts';
import { dockerEngine, type DockerEngine } from '../engine/index.ts';
import { checkout } from '../machines/checkout.ts';
import { Machine } from '../machines/machine.ts';
import { blocksFor, type PageBlock } from '../pages/page-block.ts';

/** Makes the release of this checkout by the page's command, once per content. @returns the archive. */
export async function releaseArchive(): Promise<string> {
  const script = join(checkout, 'scripts/make-release.mjs');
  const name = (await runCommand(process.execPath, [script, '--name'])).trim();
  const file = join(checkout, '.cache/releases', `${name}.tar.gz`);
  try {
    await access(file);
  } catch {
    await mkdir(join(checkout, '.cache/releases'), { recursive: true });
    // As the page says, in the project's folder.
    const [block] = blocksFor('docs/operator/native.md', ['project']);
    await runCommand('bash', ['-e', '-c', block!.commands], { cwd: checkout, timeout: 600_000 });
    await rename(join(checkout, 'tessera.tar.gz'), file);
  }
  return file;
}

/** Three machines on a network of their own: broker, server and worker, the latter two without docker. */
export class NativeSite {
  readonly #engine: DockerEngine;
  readonly #network: string;
  broker!: Machine;
  server!: Machine;
  worker!: Machine;

  private constructor(engine: DockerEngine, network: string) {
    this.#engine = engine;
    this.#network = network;
  }

  /** Boots the machines, with the role scripts, a release and the store's program on them. */
  static async boot(): Promise<NativeSite> {
    const engine = await dockerEngine();
    const network = `tessera-native-${randomBytes(4).toString('hex')}`;
    await engine.docker(['network', 'create', network]);
    const site = new NativeSite(engine, network);
    const archive = await releaseArchive();
    for (const role of ['broker', 'server', 'worker'] as const) {
      site[role] = await Machine.boot(engine, role, { network, checkout: ['config'] });
    }
    await S3Server.create();
    for (const machine of [site.server, site.worker]) {
      await machine.run('cat >~/tessera.tar.gz', { input: createReadStream(archive) });
    }
    // What the page's commands for looking at logs take besides.
    for (const machine of [site.server, site.worker])
      await machine.run('apt-get update --quiet && apt-get install --yes --no-install-recommends jq');
    const versitygw = createReadStream(join(goProgramFolder, 'versitygw'));
    await site.server.run('cat >~/versitygw && chmod 755 ~/versitygw', { input: versitygw });
    return site;
  }

  /** Runs a block of the operator's pages word for word, in the project's folder. @returns what it printed. */
  run({ place, commands }: PageBlock): Promise<string> {
    if (place !== 'broker' && place !== 'server' && place !== 'worker')
      throw new Error(`There is no machine ${place}.`);
    return this[place].run(`set -e -o pipefail\ncd /tessera\n${commands}`);
  }

  /** Carries a join file from one machine to the next. */
  async carry(from: Machine, to: Machine, file: string): Promise<void> {
    const text = await from.run(`cat /etc/tessera/join/${file}`);
    await to.run(`umask 077; cat >~/${file}`, { input: text });
  }

  async url(): Promise<string> {
    return `http://${await this.server.address()}:8080`;
  }

  async remove(): Promise<void> {
    for (const machine of [this.broker, this.server, this.worker] as (Machine | undefined)[]) await machine?.remove();
    await this.#engine.docker(['network', 'rm', this.#network]);
  }
}
