import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../services/free-port.ts';
import { standIn, type DockerEngine } from '../engine/index.ts';
import { productImage, VERSION } from '../images/product-image.ts';
import { checkout } from '../machines/checkout.ts';

/** What of `docker inspect` the tests look at. */
export interface ContainerFacts {
  readonly Id: string;
  readonly Config: { readonly User: string; readonly Env: readonly string[] };
  readonly State: { readonly Running: boolean; readonly ExitCode: number };
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean;
    readonly CapDrop: readonly string[];
    readonly SecurityOpt: readonly string[];
    readonly Memory: number;
    readonly PidsLimit: number;
    readonly RestartPolicy: { readonly Name: string };
  };
  readonly NetworkSettings: {
    readonly Ports: Readonly<Record<string, readonly { HostIp: string; HostPort: string }[] | null>>;
  };
}

/** The site of docker-compose.yml under a name and on a port of its own. */
export class ComposeSite {
  readonly url: string;
  readonly port: number;
  readonly #engine: DockerEngine;
  readonly #project: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(engine: DockerEngine, project: string, port: number, env: Readonly<Record<string, string>>) {
    this.#engine = engine;
    this.#project = project;
    this.#env = env;
    this.port = port;
    this.url = `http://127.0.0.1:${String(port)}`;
  }

  /** Builds the images; nothing runs yet. */
  static async create(engine: DockerEngine): Promise<ComposeSite> {
    await productImage(engine, 'master');
    await productImage(engine, 'executor');
    const port = await freePort();
    const env = {
      TESSERA_VERSION: VERSION,
      NODE_IMAGE: await standIn(engine, 'node'),
      RABBITMQ_IMAGE: await standIn(engine, 'rabbitmq'),
      POSTGRES_IMAGE: await standIn(engine, 'postgres'),
      VERSITYGW_IMAGE: await standIn(engine, 'versitygw'),
      SITE_PORT: String(port),
    };
    return new ComposeSite(engine, `tesseratest${randomBytes(4).toString('hex')}`, port, env);
  }

  /** Runs docker compose on the site's file. @returns what it printed. */
  compose(...args: readonly string[]): Promise<string> {
    return this.#engine.compose(['--project-name', this.#project, '--file', 'docker-compose.yml', ...args], {
      cwd: checkout,
      env: this.#env,
    });
  }

  up(): Promise<string> {
    return this.compose('up', '--detach');
  }

  async remove(): Promise<void> {
    await this.compose('down', '--volumes', '--timeout', '10');
  }

  /** The containers by service. */
  async containers(): Promise<ReadonlyMap<string, ContainerFacts>> {
    const label = 'com.docker.compose.service';
    const filter = ['--all', '--no-trunc', '--filter', `label=com.docker.compose.project=${this.#project}`];
    const rows = (await this.#engine.docker(['ps', ...filter, '--format', `{{.ID}} {{.Label "${label}"}}`])).trim();
    const services = new Map(rows.split('\n').map((row) => row.split(' ') as [string, string]));
    const facts = JSON.parse(await this.#engine.docker(['inspect', ...services.keys()])) as ContainerFacts[];
    return new Map(facts.map((container) => [services.get(container.Id)!, container]));
  }

  /** Runs a command in a service's container. */
  run(service: string, command: readonly string[], input?: string): Promise<string> {
    return this.#onContainer(service, (id) =>
      this.#engine.docker(['exec', '--interactive', id, ...command], input === undefined ? {} : { input }),
    );
  }

  /** Runs a module of Node in a service's container, among the application's own. @returns what it printed. */
  runModule(service: string, source: string): Promise<string> {
    return this.run(service, ['node', '--input-type=module', '-'], source);
  }

  logs(service: string): Promise<string> {
    return this.#onContainer(service, (id) => this.#engine.docker(['logs', id]));
  }

  /** Waits until everything that the site depends on answers. */
  async ready(milliseconds = 60_000): Promise<void> {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const response = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
      await response?.body?.cancel();
      if (response?.ok) return;
      if (Date.now() > deadline) throw new Error(`The site is not ready after ${String(milliseconds)} ms.`);
      await delay(500);
    }
  }

  async #onContainer(service: string, act: (id: string) => Promise<string>): Promise<string> {
    const container = (await this.containers()).get(service);
    if (container === undefined) throw new Error(`No container of the service ${service}.`);
    return act(container.Id);
  }
}
