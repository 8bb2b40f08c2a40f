import { globSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import { findCompose } from '../engine/compose-program.ts';
import { standIn, type DockerEngine } from '../engine/index.ts';
import { nodeFiles } from '../engine/stand-in.ts';
import { checkout } from '../machines/checkout.ts';
import { archiveBases } from '../machines/images-archive.ts';
import { Machine } from '../machines/machine.ts';
import type { PageBlock } from './page-block.ts';

/** Where the project lies on the machine, as a checkout does. */
const PROJECT = '/tessera';
const contents = [
  '.npmrc .node-version .dockerignore package.json package-lock.json tsconfig.base.json',
  'components config fixtures packages scripts tests/smoke',
]
  .join(' ')
  .split(' ');

/**
 * What the pages of the docker form ask for before their first command: a clean Debian 12 with docker and its compose, Node
 * and npm, and the project with its dependencies. The images of others are there under their names, as if they had been
 * pulled; ours are not.
 */
export class PageMachine {
  readonly machine: Machine;
  readonly #removeImages: () => Promise<void>;

  private constructor(machine: Machine, removeImages: () => Promise<void>) {
    this.machine = machine;
    this.#removeImages = removeImages;
  }

  static async boot(engine: DockerEngine, name: string, network: string): Promise<PageMachine> {
    const images = await createTemporaryFolder('page-machine');
    await archiveBases(engine, join(images.path, 'images.tar'));
    const { node, npm } = await nodeFiles();
    const dependencies = ['node_modules', ...globSync('{packages,components}/*/node_modules', { cwd: checkout })];
    const machine = await Machine.boot(engine, name, {
      network,
      image: await standIn(engine, 'docker-machine'),
      checkout: [...contents, ...globSync('docker-*.yml', { cwd: checkout })],
      folders: {
        '/srv/images': images.path,
        '/usr/libexec/docker/cli-plugins/docker-compose': await findCompose(),
        '/usr/local/bin/node': node,
        '/usr/local/lib/node_modules/npm': npm,
        ...Object.fromEntries(dependencies.map((path) => [join(PROJECT, path), join(checkout, path)])),
      },
    });
    await machine.run(
      'for name in npm npx; do ln -s ../lib/node_modules/npm/bin/$name-cli.js /usr/local/bin/$name; done && ' +
        'docker load --quiet --input /srv/images/images.tar && docker compose version',
    );
    return new PageMachine(machine, () => images.remove());
  }

  /** Runs a block word for word, in the project's folder. @returns what it printed. */
  readonly run = ({ commands }: Pick<PageBlock, 'commands'>): Promise<string> =>
    this.machine.run(`set -e -o pipefail\ncd ${PROJECT}\n${commands}`, { timeoutMs: 1_200_000 });

  async remove(): Promise<void> {
    await this.machine.remove();
    await this.#removeImages();
  }
}
