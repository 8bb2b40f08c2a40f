import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { pgliteTemplate } from '../packages/store/src/pglite/pglite-template.ts';
import { findChromium } from './services/chromium.ts';
import { DockerDaemon } from './services/docker-daemon.ts';
import { beginImages } from './services/early-images.ts';
import { injectedNames } from './services/injected-names.ts';
import { ensureOracles } from './services/packages.ts';
import { PostgresServer } from './services/postgres.ts';
import { RabbitMqServer } from './services/rabbitmq.ts';
import { VIRTUAL_HOSTS } from './services/virtual-hosts.ts';
import { provideS3 } from './services/provide-s3.ts';
import type {} from './services/provided.ts';

const PGLITE_TEMPLATES = fileURLToPath(new URL('../.cache/pglite', import.meta.url));

/**
 * Starts what the test files of this run inject, side by side, and nothing else.
 *
 * @returns the teardown.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = [];
  let dockerHost: string | undefined;
  const teardown = async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
  const providers = {
    amqpUrl: async () => {
      const named = process.env.TESSERA_TEST_AMQP_URL;
      if (named) {
        project.provide('amqpUrl', named);
        return;
      }
      const server = await RabbitMqServer.create();
      project.provide('amqpUrl', await started(server, stops));
      await server.addVirtualHosts(VIRTUAL_HOSTS);
    },
    postgresUrl: async () => {
      const named = process.env.TESSERA_TEST_POSTGRES_URL;
      project.provide('postgresUrl', named || (await started(await PostgresServer.create(), stops)));
    },
    s3: async () => {
      project.provide('s3', await provideS3(stops));
    },
    pgliteTemplate: async () => {
      project.provide('pgliteTemplate', await pgliteTemplate(PGLITE_TEMPLATES));
    },
    chromium: async () => {
      project.provide('chromium', await findChromium());
    },
    dockerHost: async () => {
      dockerHost = (await DockerDaemon.findRunning()) ?? (await startedDocker(stops));
      project.provide('dockerHost', dockerHost);
    },
  };
  const { vitest } = project;
  // In watch mode other files may run later.
  const names = vitest.config.watch ? new Set(Object.keys(providers)) : injectedNames(vitest.state.getPaths());
  const needed = Object.entries(providers).filter(([name]) => names.has(name));
  const results = await Promise.allSettled([ensureOracles(), ...needed.map(([, provide]) => provide())]);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) {
    await teardown();
    throw failure.reason;
  }
  // Packages are installed by now: no two installations are under way.
  if (dockerHost !== undefined) stops.unshift(await beginImages(dockerHost, vitest.state.getPaths()));
  return teardown;
}

async function started(server: RabbitMqServer | PostgresServer, stops: (() => Promise<void>)[]): Promise<string> {
  stops.push(() => server.stop());
  return (await server.start()).url;
}

async function startedDocker(stops: (() => Promise<void>)[]): Promise<string> {
  const daemon = await DockerDaemon.start();
  stops.push(() => daemon.stop());
  return daemon.host;
}
