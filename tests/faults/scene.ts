import { readdir } from 'node:fs/promises';
import { ListMultipartUploadsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { JobDto } from '@tessera/contracts';
import pg from 'pg';
import sharp from 'sharp';
import { expect } from 'vitest';
import { Cluster, type ClusterOptions } from '../cluster/cluster.ts';
import { SiteClient, type JobWish } from '../cluster/site-client.ts';
import { PostgresServer } from '../services/postgres.ts';
import type { ProvidedS3 } from '../services/provided.ts';
import { RabbitMqServer } from '../services/rabbitmq.ts';
import { S3Server } from '../services/s3.ts';
import { waitUntil } from '../services/wait-until.ts';

/** A pipeline with every kind of stage: a halo, a global operation, and a halo of its output. */
export const PIPELINE: JobWish['pipeline'] = [
  { op: 'median' },
  { op: 'canny' },
  { op: 'dilate', params: { ksize: 3 } },
];

export interface SceneOptions extends ClusterOptions {
  /** Stands between the processes and the object store, for faults on the way. */
  readonly s3Endpoint?: (endpoint: string) => Promise<string>;
}

/** Servers of its own and a cluster on them, so that a fault hits no other test; judges what is left afterwards. */
export class Scene {
  readonly broker: RabbitMqServer;
  readonly database: PostgresServer;
  readonly objects: S3Server;
  readonly cluster: Cluster;
  readonly client: SiteClient;
  readonly #s3: ProvidedS3;
  /** Pictures that were made, by seed and side. */
  readonly #pictures = new Map<string, Promise<Uint8Array>>();

  private constructor(
    servers: { broker: RabbitMqServer; database: PostgresServer; objects: S3Server },
    s3: ProvidedS3,
    cluster: Cluster,
  ) {
    this.broker = servers.broker;
    this.database = servers.database;
    this.objects = servers.objects;
    this.#s3 = s3;
    this.cluster = cluster;
    this.client = new SiteClient(cluster.url);
  }

  static async start(options: SceneOptions): Promise<Scene> {
    const [broker, database, objects] = await Promise.all([
      RabbitMqServer.create(),
      PostgresServer.create(),
      S3Server.create(),
    ]);
    const [amqp, postgres] = await Promise.all([broker.start(), database.start(), objects.start()]);
    const s3 = await objects.provide('tessera');
    const endpoint = options.s3Endpoint ? await options.s3Endpoint(s3.endpoint) : s3.endpoint;
    const servers = { amqpUrl: amqp.url, postgresUrl: postgres.url, s3: { ...s3, endpoint } };
    // What a late duplicate writes after the end of its job is swept; in tests soon.
    const env = { SWEEP_SECONDS: '2', ...options.env };
    return new Scene({ broker, database, objects }, s3, await Cluster.start(servers, { ...options, env }));
  }

  async stop(): Promise<void> {
    await this.cluster.stop();
    await Promise.all([this.broker.stop(), this.database.stop(), this.objects.stop()]);
  }

  /** Uploads a picture that takes an executor of one slot some seconds, and submits it split. */
  async submit(seed: number, side = 2500): Promise<JobDto> {
    const name = `${String(seed)} ${String(side)}`;
    const picture = this.#pictures.get(name) ?? heavyPicture(seed, side);
    this.#pictures.set(name, picture);
    const image = await this.client.upload(await picture, `heavy-${String(seed)}.png`);
    return this.client.submit(image, { pipeline: PIPELINE, output: { format: 'png' }, split: 'always' });
  }

  /** Digest of the result of the job of seed 1 that nothing disturbs. */
  async digestOfUndisturbed(): Promise<string> {
    const job = await this.client.ended((await this.submit(1)).id);
    expect(job, JSON.stringify(job.error)).toMatchObject({ state: 'done' });
    return job.result?.pixelDigest ?? '';
  }

  /** Waits until some tasks of a job run or are done, so that a fault falls into the midst of it. */
  async underWay(job: JobDto, done = 1): Promise<void> {
    await waitUntil(
      'the job is under way',
      async () => {
        const { state, progress } = await this.client.job(job.id);
        if (state === 'done') throw new Error('The job ended before the fault: make it heavier.');
        return state === 'running' && progress.done >= done;
      },
      { ms: 60_000, every: 50 },
    );
  }

  /** The job ends with the digest of the fault-free run, one result, and nothing left behind. */
  async expectExact(job: JobDto, expectedDigest: string, ms = 120_000): Promise<void> {
    const ended = await this.client.ended(job.id, ms);
    expect(ended, JSON.stringify(ended.error)).toMatchObject({ state: 'done' });
    expect(ended.result?.pixelDigest).toBe(expectedDigest);
    expect((await this.#keys(`results/${job.id}`)).length).toBe(1);
  }

  /** No message waits or is unacknowledged, no piece, no half upload, no scratch file remains. */
  async expectClean(): Promise<void> {
    await waitUntil('the queues are empty', async () => (await this.#messages()) === 0, { ms: 60_000, every: 500 });
    await waitUntil('no multipart upload is left', async () => (await this.#multiparts()) === 0, {
      ms: 60_000,
      every: 500,
    });
    await waitUntil('no piece of a job is left', async () => (await this.#keys('work/')).length === 0, {
      ms: 60_000,
      every: 500,
    });
    await waitUntil('no upload is left in scratch', async () => (await this.#scratchUploads()) === 0, { ms: 30_000 });
  }

  /** Runs one SQL query. */
  async query<Row extends pg.QueryResultRow>(sql: string): Promise<readonly Row[]> {
    const client = new pg.Client({ connectionString: this.database.url });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async #messages(): Promise<number> {
    const table = await this.broker.ctl(['list_queues', '--quiet', '--no-table-headers', 'messages']);
    return table.split('\n').reduce((sum, line) => sum + (Number(line.trim()) || 0), 0);
  }

  async #multiparts(): Promise<number> {
    const { Uploads = [] } = await this.#client().send(new ListMultipartUploadsCommand({ Bucket: this.#s3.bucket }));
    return Uploads.length;
  }

  async #keys(prefix: string): Promise<readonly string[]> {
    const { Contents = [] } = await this.#client().send(
      new ListObjectsV2Command({ Bucket: this.#s3.bucket, Prefix: prefix }),
    );
    return Contents.map(({ Key }) => Key ?? '');
  }

  async #scratchUploads(): Promise<number> {
    const entries = await readdir(`${this.cluster.folder}/uploads`, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).length;
  }

  #client(): S3Client {
    const { endpoint, region, accessKeyId, secretAccessKey } = this.#s3;
    return new S3Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true });
  }
}

/** A PNG of `side` × `side` pixels with edges of all strengths, the same for the same seed. */
export async function heavyPicture(seed: number, side: number): Promise<Uint8Array> {
  const data = new Uint8Array(side * side * 3);
  let state = seed | 1;
  for (let y = 0, index = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      const wave = 128 + 90 * Math.sin((x * x + y * seed) / (4000 + 100 * seed)) * Math.cos(y / 37);
      const grain = state >>> 28;
      data[index++] = wave + grain;
      data[index++] = wave / 2 + (((x >> 5) ^ (y >> 5)) & 1) * 100 + grain;
      data[index++] = 255 - wave;
    }
  }
  return sharp(data, { raw: { width: side, height: side, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
