import { randomBytes } from 'node:crypto';
import { freePort } from '../services/free-port.ts';
import type { ProvidedS3 } from '../services/provided.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../services/temporary-folder.ts';
import { waitUntil } from '../services/wait-until.ts';
import type { KnownHosts } from './known-hosts.ts';
import { NodeProcess } from './node-process.ts';

export interface ClusterServers {
  readonly amqpUrl: string;
  readonly postgresUrl: string;
  readonly s3: ProvidedS3;
}

export interface ClusterOptions {
  readonly executors: number;
  readonly slots: number;
  /** Variables on top, for all processes. */
  readonly env?: Readonly<Record<string, string>>;
  /** Hosts that all processes reach, on this machine too; default: what the system's resolver says, and public addresses only. */
  readonly hosts?: KnownHosts | undefined;
}

/** The full form on this machine: one master, or more, and some executors as processes, on real servers. */
export class Cluster {
  readonly adminToken = randomBytes(16).toString('hex');
  readonly executors: NodeProcess[] = [];
  master!: NodeProcess;
  readonly #masters: NodeProcess[] = [];
  readonly #servers: ClusterServers;
  readonly #options: ClusterOptions;
  readonly #folder: TemporaryFolder;
  readonly #port: number;
  #started = 0;

  private constructor(servers: ClusterServers, options: ClusterOptions, folder: TemporaryFolder, port: number) {
    this.#servers = servers;
    this.#options = options;
    this.#folder = folder;
    this.#port = port;
  }

  /** Starts everything and waits until the site is ready and all executors are known to it. */
  static async start(servers: ClusterServers, options: ClusterOptions): Promise<Cluster> {
    const folder = await createTemporaryFolder('cluster');
    const cluster = new Cluster(servers, options, folder, await freePort());
    try {
      await cluster.startMaster();
      for (let count = 0; count < options.executors; count++) cluster.startExecutor();
      await cluster.waitForExecutors(options.executors);
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  /** Folder of logs and scratch files. */
  get folder(): string {
    return this.#folder.path;
  }

  /** Starts a master and waits until it is ready. */
  async startMaster(env: Readonly<Record<string, string>> = {}): Promise<void> {
    this.master = await this.addMaster(this.#port, env);
  }

  /** Starts a master on another port, beside those that run, and waits until it is ready. */
  async addMaster(port: number, env: Readonly<Record<string, string>> = {}): Promise<NodeProcess> {
    const master = this.#spawn('master', {
      PORT: String(port),
      HOST: '127.0.0.1',
      COOKIE_SECRET: 'a secret of the tests, which nobody else knows',
      ADMIN_TOKEN: this.adminToken,
      METRICS_OPEN: 'true',
      DATABASE_URL: this.#servers.postgresUrl,
      MASTER_SCRATCH: `${this.folder}/uploads`,
      ...env,
    });
    this.#masters.push(master);
    await waitUntil('the master is ready', () => isReady(master, port), { ms: 60_000 });
    return master;
  }

  /** Waits until the master's process has ended by itself. */
  async masterDied(): Promise<void> {
    await waitUntil('the master dies', () => !this.master.running, { ms: 60_000 });
  }

  /** Starts one more executor; it takes work as soon as it is up. */
  startExecutor(env: Readonly<Record<string, string>> = {}): NodeProcess {
    const executor = this.#spawn('executor', {
      EXECUTOR_SLOTS: String(this.#options.slots),
      EXECUTOR_ID: `executor-${String(this.#started)}`,
      EXECUTOR_SCRATCH: `${this.folder}/scratch`,
      ...env,
    });
    this.executors.push(executor);
    return executor;
  }

  /** Waits until the site knows this number of living executors. */
  async waitForExecutors(count: number): Promise<void> {
    await waitUntil(`${String(count)} executors are alive`, async () => (await this.#executorCount()) >= count, {
      ms: 60_000,
    });
  }

  /** Waits until the site has noticed that no executor is left. */
  async waitForNoExecutors(): Promise<void> {
    await waitUntil('no executor is left', async () => (await this.#executorCount()) === 0, { ms: 60_000 });
  }

  /** Ends all processes and removes their files. */
  async stop(): Promise<void> {
    await Promise.all([...this.executors, ...this.#masters].map((node) => node.kill()));
    await this.#folder.remove();
  }

  /** The variables by which any process joins this cluster, one in a container for example. */
  get surroundings(): Readonly<Record<string, string>> {
    const { amqpUrl, s3 } = this.#servers;
    return {
      AMQP_URL: amqpUrl,
      S3_ENDPOINT: s3.endpoint,
      S3_REGION: s3.region,
      S3_BUCKET: s3.bucket,
      S3_ACCESS_KEY_ID: s3.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    };
  }

  #spawn(component: 'master' | 'executor', env: Readonly<Record<string, string>>): NodeProcess {
    const shared = { LOG_LEVEL: 'info', ...this.surroundings };
    const name = `${component}-${String(this.#started++)}`;
    const { hosts } = this.#options;
    const known = hosts !== undefined;
    const program = known ? `tests/cluster/${component}-with-hosts.ts` : `components/${component}/src/main.ts`;
    const all = { ...shared, ...this.#options.env, ...(known && { KNOWN_HOSTS: JSON.stringify(hosts) }), ...env };
    return new NodeProcess(program, all, this.folder, name);
  }

  async #executorCount(): Promise<number> {
    const headers = { authorization: `Bearer ${this.adminToken}` };
    const response = await fetch(`${this.url}/api/v1/executors`, { headers });
    const { executors } = (await response.json()) as { executors: unknown[] };
    return executors.length;
  }
}

async function isReady(master: NodeProcess, port: number): Promise<boolean> {
  if (!master.running) throw new Error(`The master ended:\n${master.printed}`);
  try {
    return (await fetch(`http://127.0.0.1:${String(port)}/readyz`)).ok;
  } catch {
    return false;
  }
}
