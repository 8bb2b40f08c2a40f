import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { waitUntil } from '../../services/wait-until.ts';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import { standIn, type DockerEngine } from '../engine/index.ts';
import { composeFiles } from '../machines/checkout.ts';
import { archiveImages } from '../machines/images-archive.ts';
import { Machine } from '../machines/machine.ts';

/** A site on machines of its own: one broker, one server, some workers, installed by the role scripts. */
export class Site {
  readonly broker: Machine;
  readonly server: Machine;
  readonly workers: readonly Machine[];
  readonly url: string;
  readonly #remove: () => Promise<void>;

  private constructor(machines: readonly [Machine, Machine, ...Machine[]], url: string, remove: () => Promise<void>) {
    [this.broker, this.server, ...this.workers] = machines;
    this.url = url;
    this.#remove = remove;
  }

  /** Boots the machines, installs all roles, and waits until the site is ready and knows its workers. */
  static async install(engine: DockerEngine, { workers }: { readonly workers: number }): Promise<Site> {
    const network = `tessera-campaign-${randomBytes(4).toString('hex')}`;
    const archive = await createTemporaryFolder('images');
    const machines: Machine[] = [];
    const remove = async (): Promise<void> => {
      await Promise.all(machines.map((machine) => machine.remove()));
      await engine.docker(['network', 'rm', network]).catch(() => undefined);
      await archive.remove();
    };
    try {
      await archiveImages(engine, join(archive.path, 'images.tar'));
      await engine.docker(['network', 'create', network]);
      const boot = async (name: string): Promise<Machine> => {
        const folders = { '/images': archive.path };
        const image = await standIn(engine, name === 'broker' ? 'machine' : 'docker-machine');
        const machine = await Machine.boot(engine, name, { network, image, folders, checkout: composeFiles });
        machines.push(machine);
        return machine;
      };
      const options = '--images /images/images.tar';
      const broker = await boot('broker');
      await broker.run('/tessera/config/broker-node-config.sh --address broker.example');
      const server = await boot('server');
      await hand(broker, server, 'server.env');
      await server.run(`/tessera/config/server-node-config.sh --join ~/server.env --address server.example ${options}`);
      const url = `http://${await server.address()}:8080`;
      for (let index = 1; index <= workers; index++) {
        const worker = await boot(`worker-${String(index)}`);
        await hand(server, worker, 'worker.env');
        const share = '--slots 2 --set EXECUTOR_CPUS=0.6';
        await worker.run(`/tessera/config/worker-node-config.sh --join ~/worker.env ${share} ${options}`);
      }
      const token = (await server.run('cat /etc/tessera/secrets/admin-token')).trim();
      await waitUntil('all workers are known', async () => (await countExecutors(url, token)) >= workers, {
        ms: 180_000,
      });
      return new Site([broker, server, ...machines.slice(2)], url, remove);
    } catch (error) {
      await remove();
      throw error;
    }
  }

  remove(): Promise<void> {
    return this.#remove();
  }
}

/** Carries a file of credentials from one machine to another, as an operator does with scp. */
async function hand(from: Machine, to: Machine, name: string): Promise<void> {
  const text = await from.run(`cat /etc/tessera/join/${name}`);
  await to.run(`umask 077; cat >~/${name}`, { input: text });
}

async function countExecutors(url: string, token: string): Promise<number> {
  try {
    const response = await fetch(`${url}/api/v1/executors`, { headers: { authorization: `Bearer ${token}` } });
    return ((await response.json()) as { executors: unknown[] }).executors.length;
  } catch {
    return 0;
  }
}
