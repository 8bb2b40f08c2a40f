import { execFile } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRabbitMqBroker } from '@tessera/queue/rabbitmq';
import { silentLogger } from '@tessera/runtime';
import { openS3Store } from '@tessera/storage/s3';
import { createPostgresStore } from '@tessera/store/postgres';
import pg from 'pg';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../../cluster/cluster.ts';
import { SiteClient } from '../../cluster/site-client.ts';
import { PostgresServer } from '../../services/postgres.ts';
import type { ProvidedS3 } from '../../services/provided.ts';
import { RabbitMqServer } from '../../services/rabbitmq.ts';
import { S3Server } from '../../services/s3.ts';
import type { ServerTls } from '../../services/server-tls.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../services/temporary-folder.ts';
import { Authority } from './authority.ts';

const logger = silentLogger();
/** User and password of the URLs, which no message may repeat. */
const SECRETS = /guest|tessera-test-secret/;

let folder: TemporaryFolder;
let authority: Authority;
let stranger: Authority;
let broker: RabbitMqServer;
let database: PostgresServer;
let objects: S3Server;
let s3: ProvidedS3;

beforeAll(async () => {
  folder = await createTemporaryFolder('back-side');
  authority = await Authority.create(folder.path, 'own');
  stranger = await Authority.create(folder.path, 'stranger');
  // For the name, not for the address: 127.0.0.1 is the same machine under a name that nobody vouched for.
  const tls: ServerTls = { caFile: authority.caFile, ...(await authority.issue('DNS:localhost')) };
  [broker, database, objects] = await Promise.all([
    RabbitMqServer.create(tls),
    PostgresServer.create(tls),
    S3Server.create(tls),
  ]);
  await Promise.all([broker.start(), database.start(), objects.start()]);
  s3 = await objects.provide('tessera');
});
afterAll(async () => {
  await Promise.all([broker.stop(), database.stop(), objects.stop()]);
  await folder.remove();
});

/** Connects, works once, and closes. */
type Use = (caFile: string | undefined, wrongName?: boolean) => Promise<void>;

const misnamed = (url: string): string => url.replace('localhost', '127.0.0.1');

const useBroker: Use = async (caFile, wrongName = false) => {
  const opened = await createRabbitMqBroker({
    url: wrongName ? misnamed(broker.url) : broker.url,
    name: 'back-side',
    role: 'master',
    declare: true,
    caFile,
    logger,
  });
  await opened.publish('tasks', 1, { messageId: 'a' });
  await opened.close();
};
const useDatabase: Use = async (caFile, wrongName = false) => {
  const store = await createPostgresStore({ url: wrongName ? misnamed(database.url) : database.url, caFile, logger });
  await store.ping();
  await store.close();
};
const useObjects: Use = async (caFile, wrongName = false) => {
  const endpoint = wrongName ? misnamed(s3.endpoint) : s3.endpoint;
  const store = await openS3Store({ ...s3, endpoint, forcePathStyle: true, caFile });
  await store.put('back-side', Buffer.from('there'));
  await store.close();
};

describe.each([
  ['the message broker over amqps', 'message broker', useBroker],
  ['the database with verify-full', 'database', useDatabase],
  ['the object store over https', 'object store', useObjects],
] as const)('%s', (_title, name, use) => {
  const refused = async (attempt: Promise<void>, reason: RegExp): Promise<void> => {
    const error = await attempt.then(
      () => undefined,
      (caught: unknown) => caught as Error & { code: string },
    );
    expect(error).toMatchObject({ code: 'INVALID_CONFIG' });
    expect(error?.message).toMatch(new RegExp(`^The certificate of the ${name} was refused: .*${reason.source}`, 'i'));
    expect(error?.message).not.toMatch(SECRETS);
  };

  it('works with the file of its authority', () => use(authority.caFile));

  it('is refused with the file of another authority, at once', async () => {
    const begun = performance.now();
    await refused(use(stranger.caFile), /certificate/);
    expect(performance.now() - begun).toBeLessThan(3000);
  });

  it('is refused under another name than that of the certificate', async () => {
    await refused(use(authority.caFile, true), /does not match certificate.*127\.0\.0\.1/);
  });
});

it.each(['master', 'executor'])('the %s says which certificate it refuses, and ends', async (component) => {
  const main = fileURLToPath(new URL(`../../../components/${component}/src/main.ts`, import.meta.url));
  const env = {
    PATH: process.env.PATH,
    COOKIE_SECRET: 'a secret of the tests, which nobody else knows',
    S3_ENDPOINT: s3.endpoint,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    S3_CA_FILE: stranger.caFile,
  };
  const ended = await new Promise((resolve) => {
    const options = { env, cwd: folder.path, timeout: 30_000 };
    execFile(process.execPath, [main], options, (error, _stdout, stderr) => resolve({ code: error?.code, stderr }));
  });
  expect(ended).toEqual({
    code: 78,
    stderr: expect.stringMatching(/^The certificate of the object store was refused: .*\n$/) as string,
  });
});

it('without a file PostgreSQL is not spoken to in clear where it asks for TLS', async () => {
  await expect(useDatabase(undefined)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
});

describe('the whole site, with everything behind it over TLS', () => {
  it('does a job', async () => {
    const tls = join(folder.path, 'tls');
    await mkdir(tls);
    const caFile = join(tls, 'ca.pem');
    await copyFile(authority.caFile, caFile);
    const env = { AMQP_CA_FILE: caFile, S3_CA_FILE: caFile, DATABASE_CA_FILE: caFile };
    const servers = { amqpUrl: broker.url, postgresUrl: database.url, s3 };
    const cluster = await Cluster.start(servers, { executors: 1, slots: 1, env });
    try {
      const client = new SiteClient(cluster.url);
      const picture = await sharp({ create: { width: 50, height: 40, channels: 3, background: 'teal' } })
        .png()
        .toBuffer();
      const job = await client.submit(await client.upload(picture), {
        pipeline: [{ op: 'invert' }],
        output: { format: 'png' },
      });
      expect((await client.ended(job.id)).state).toBe('done');
      const admin = new pg.Client({ connectionString: database.url, ssl: { rejectUnauthorized: false } });
      await admin.connect();
      const { rows } = await admin.query<{ ssl: boolean }>(
        `select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'tessera'`,
      );
      await admin.end();
      expect(rows).toEqual([{ ssl: true }]);
    } finally {
      await cluster.stop();
    }
  });
});
