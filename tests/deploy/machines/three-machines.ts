import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import { leaveLastWill } from '../../services/last-will.ts';
import type { DockerEngine } from '../engine/index.ts';
import { composeFiles, roles, type Role } from './checkout.ts';
import { archiveImages } from './images-archive.ts';
import { Machine } from './machine.ts';
import type { PageBlock } from '../pages/page-block.ts';

/** What the page asks for before its first command: three clean machines that know each other and ssh. */
export class ThreeMachines {
  readonly #machines: Readonly<Record<Role, Machine>>;
  readonly #remove: () => Promise<void>;

  private constructor(machines: Readonly<Record<Role, Machine>>, remove: () => Promise<void>) {
    this.#machines = machines;
    this.#remove = remove;
  }

  static async boot(engine: DockerEngine): Promise<ThreeMachines> {
    const folder = await createTemporaryFolder('machines');
    const network = `tessera-machines-${randomBytes(4).toString('hex')}`;
    await engine.docker(['network', 'create', network]);
    const withdraw = leaveLastWill('sleep 15; DOCKER_HOST="$1" docker network rm "$2"', engine.host, network);
    const archive = join(folder.path, 'images.tar');
    await archiveImages(engine, archive);
    const options = {
      network,
      checkout: [...composeFiles, 'docs'],
      folders: { '/srv/images.tar': archive },
    };
    const boot = (role: Role) => Machine.boot(engine, role, options);
    const machines = { broker: await boot('broker'), server: await boot('server'), worker: await boot('worker') };
    const three = new ThreeMachines(machines, async () => {
      await Promise.all(roles.map((role) => machines[role].remove()));
      await engine.docker(['network', 'rm', network]);
      withdraw();
      await folder.remove();
    });
    // Where the page says that the operator has put it.
    for (const role of ['server', 'worker'] as const) await machines[role].run('ln -s /srv/images.tar ~/images.tar');
    await three.#introduce();
    return three;
  }

  get(role: Role): Machine {
    return this.#machines[role];
  }

  /** Runs a block of the page word for word, in the project's folder. @returns what it printed. */
  run({ place, commands }: PageBlock): Promise<string> {
    const role = roles.find((role) => role === place);
    if (role === undefined) throw new Error(`A block of the page is for the machine ${place}, of which there is none.`);
    return this.get(role).run(`set -e -o pipefail\ncd /tessera\n${commands}`, { timeoutMs: 1_200_000 });
  }

  remove(): Promise<void> {
    return this.#remove();
  }

  /** Gives the machines ssh, with keys of each other. */
  async #introduce(): Promise<void> {
    const install = 'DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends openssh-';
    for (const [from, to] of [
      ['broker', 'server'],
      ['server', 'worker'],
    ] as const) {
      await this.get(from).run(`apt-get update && ${install}client`);
      await this.get(to).run(`apt-get update && ${install}server`);
      const key = await this.get(from).run('ssh-keygen -q -t ed25519 -N "" -f ~/.ssh/id_ed25519 && cat ~/.ssh/*.pub');
      await this.get(to).run('mkdir -p ~/.ssh && cat >>~/.ssh/authorized_keys', { input: key });
      await this.get(from).run(`ssh-keyscan -t ed25519 ${to}.example >>~/.ssh/known_hosts`);
    }
  }
}
