import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createTemporaryFolder, type TemporaryFolder } from '../../services/temporary-folder.ts';
import { findCompose } from '../engine/compose-program.ts';
import { dockerEngine, long, standIn, type DockerEngine } from '../engine/index.ts';
import { composeFiles } from '../machines/checkout.ts';
import { archiveImages } from '../machines/images-archive.ts';
import { Machine } from '../machines/machine.ts';
import { expectWorkingSite } from '../machines/working-site.ts';
import { Authority } from '../public-side/authority.ts';
import type { PageBlock } from './page-block.ts';
import { followPage } from './scene.ts';

const PAGE = 'docs/operator/docker.md';

describe.runIf(long)(
  'a server and a worker machine set up by hand, by the tables of the page',
  { timeout: 1_800_000 },
  () => {
    let engine: DockerEngine;
    let network: string;
    let folder: TemporaryFolder;
    const machines: Machine[] = [];
    const [server, worker] = [(): Machine => machines[1]!, (): Machine => machines[2]!];
    /** What the broker's machine says to those who join. */
    let joined: ReadonlyMap<string, string>;

    beforeAll(async () => {
      engine = await dockerEngine();
      network = `tessera-by-hand-${randomBytes(4).toString('hex')}`;
      await engine.docker(['network', 'create', network]);
      folder = await createTemporaryFolder('by-hand');
      await archiveImages(engine, join(folder.path, 'images.tar'));
      const broker = await Machine.boot(engine, 'broker', { network, checkout: ['config'] });
      machines.push(broker);
      await broker.run('/tessera/config/broker-node-config.sh --address broker.example');
      const lines = (await broker.run('cat /etc/tessera/join/server.env')).trim().split('\n');
      joined = new Map(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
      for (const name of ['server', 'worker']) {
        const machine = await Machine.boot(engine, name, {
          network,
          image: await standIn(engine, 'docker-machine'),
          checkout: composeFiles,
          folders: {
            '/srv/images.tar': join(folder.path, 'images.tar'),
            '/usr/libexec/docker/cli-plugins/docker-compose': await findCompose(),
          },
        });
        machines.push(machine);
        await machine.run('docker load --quiet --input /srv/images.tar');
      }
    }, 1_200_000);
    afterAll(async () => {
      await Promise.all(machines.map((machine) => machine.remove()));
      await engine.docker(['network', 'rm', network]);
      await folder.remove();
    });

    /** Writes a machine's files below /etc/tessera as the tables of the page say: secrets for the containers' user alone. */
    async function write(machine: Machine, files: Readonly<Record<string, string>>): Promise<void> {
      await machine.run('mkdir -p /etc/tessera/tls && mkdir -p -m 700 /etc/tessera/secrets');
      for (const [path, input] of Object.entries(files)) await machine.run(`cat >/etc/tessera/${path}`, { input });
      await machine.run(
        'cd /etc/tessera && for file in secrets/* tls/*.key; do if [ -e $file ]; then chown 10001:10001 $file; chmod 400 $file; fi; done',
      );
    }

    const follow =
      (machine: () => Machine) =>
      ({ commands }: PageBlock): Promise<string> =>
        machine().run(`set -e -o pipefail\ncd /tessera\n${commands}`, { timeoutMs: 1_200_000 });
    const random = (): string => randomBytes(24).toString('hex');
    const keys = {
      's3-access-key-id': random(),
      's3-secret-access-key': random(),
      'executor-s3-access-key-id': random(),
      'executor-s3-secret-access-key': random(),
    };
    const token = random();
    let authorities: string;

    followPage(PAGE, 'server', follow(server), {
      'A server machine': {
        before: async () => {
          const authority = await Authority.create(folder.path, 'store');
          const { cert, key } = await authority.issue('DNS:server.example');
          const brokers = Buffer.from(joined.get('AMQP_CA')!, 'base64').toString();
          authorities = `${brokers}\n${await readFile(authority.caFile, 'utf8')}`;
          await write(server(), {
            'master.env': '',
            'secrets/amqp-url': joined.get('AMQP_URL')!,
            'secrets/executor-amqp-url': joined.get('EXECUTOR_AMQP_URL')!,
            'secrets/cookie-secret': random(),
            'secrets/admin-token': token,
            ...Object.fromEntries(Object.entries(keys).map(([name, value]) => [`secrets/${name}`, value])),
            'tls/ca.pem': authorities,
            'tls/server.pem': await readFile(cert, 'utf8'),
            'tls/server.key': await readFile(key, 'utf8'),
          });
          await server().run('cat >/tessera/.env', { input: 'STORE_HOST=server.example\nSITE_ADDRESS=0.0.0.0\n' });
        },
      },
    });

    followPage(PAGE, 'worker', follow(worker), {
      'A worker machine': {
        before: () =>
          write(worker(), {
            'executor.env': [
              'S3_ENDPOINT=https://server.example:7070',
              'AMQP_CA_FILE=/etc/tessera/tls/ca.pem',
              'S3_CA_FILE=/etc/tessera/tls/ca.pem',
              '',
            ].join('\n'),
            'secrets/amqp-url': joined.get('EXECUTOR_AMQP_URL')!,
            'secrets/s3-access-key-id': keys['executor-s3-access-key-id'],
            'secrets/s3-secret-access-key': keys['executor-s3-secret-access-key'],
            'tls/ca.pem': authorities,
          }),
        after: async () => {
          await expectWorkingSite(server());
          const ask = `curl --fail --silent --header 'Authorization: Bearer ${token}' http://127.0.0.1:8080/api/v1/executors`;
          const { executors } = JSON.parse(await server().run(ask)) as { executors: readonly unknown[] };
          expect(executors).toHaveLength(1);
          // As the text below it says.
          await worker().run(
            'cd /tessera && docker compose -p tessera-worker -f docker-worker-compose.yml down --volumes',
          );
          expect(await worker().run('docker ps --all --quiet; docker volume ls --quiet')).toBe('');
        },
      },
    });
  },
);
