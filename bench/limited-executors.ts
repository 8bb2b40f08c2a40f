import { randomBytes } from 'node:crypto';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Cluster } from '../tests/cluster/cluster.ts';
import { DockerEngine } from '../tests/deploy/engine/docker-engine.ts';
import { standIn } from '../tests/deploy/engine/stand-in.ts';
import { DockerDaemon } from '../tests/services/docker-daemon.ts';
import { findProgram } from '../tests/services/find-program.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const IMAGE = 'tessera-executor:bench';

/** Executors in containers that get a share of a core each, on one engine. */
export class LimitedExecutors {
  readonly #engine: DockerEngine;
  readonly #stopEngine: () => Promise<void>;
  readonly #names: string[] = [];

  private constructor(engine: DockerEngine, stopEngine: () => Promise<void>) {
    this.#engine = engine;
    this.#stopEngine = stopEngine;
  }

  /** Finds or starts an engine and builds the executor's image from this checkout. */
  static async create(): Promise<LimitedExecutors> {
    const host = await DockerDaemon.findRunning();
    const daemon = host === undefined ? await DockerDaemon.start() : undefined;
    const client = findProgram(['/usr/bin/docker', 'docker']) ?? 'docker';
    const engine = new DockerEngine(host ?? daemon?.host ?? '', client);
    const node = await standIn(engine, 'node');
    const files = ['--file', 'components/executor/Dockerfile', '--build-arg', `NODE_IMAGE=${node}`];
    await engine.docker(['build', '--network', 'host', ...files, '--tag', IMAGE, '.'], { cwd: project });
    return new LimitedExecutors(engine, async () => {
      await daemon?.stop();
    });
  }

  /** Starts executors of one slot each and waits until the site knows them. */
  async start(cluster: Cluster, count: number, cpus: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      const name = `tessera-bench-${randomBytes(4).toString('hex')}`;
      const variables = {
        ...cluster.surroundings,
        EXECUTOR_ID: name,
        EXECUTOR_SLOTS: '1',
        DECODER_CHILDREN: '1',
        EXECUTOR_METRICS_PORT: '0',
        LOG_LEVEL: 'warn',
      };
      const env = Object.entries(variables).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
      // The servers listen on loopback only.
      const place = ['--detach', '--network', 'host', '--no-healthcheck', '--cpus', String(cpus), '--name', name];
      await this.#engine.docker(['run', ...place, ...env, IMAGE]);
      this.#names.push(name);
    }
    await cluster.waitForExecutors(count);
  }

  /** Processor time that all containers have taken so far, seconds. */
  async processorSeconds(): Promise<number> {
    const seconds = await Promise.all(this.#names.map((name) => processorSeconds(this.#engine.host, name)));
    return seconds.reduce((sum, each) => sum + each, 0);
  }

  /** Removes the containers. */
  async end(): Promise<void> {
    const names = this.#names.splice(0);
    if (names.length > 0) await this.#engine.docker(['rm', '--force', '--volumes', ...names]);
  }

  async close(): Promise<void> {
    await this.end();
    await this.#stopEngine();
  }
}

/** What the engine has counted for a container; its command line tool tells shares only. */
async function processorSeconds(host: string, name: string): Promise<number> {
  const path = `/containers/${name}/stats?stream=false&one-shot=true`;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ socketPath: host.replace('unix://', ''), path }, resolve)
      .on('error', reject)
      .end();
  });
  const { cpu_stats: stats } = JSON.parse(await text(response)) as {
    cpu_stats: { cpu_usage: { total_usage: number } };
  };
  return stats.cpu_usage.total_usage / 1e9;
}
