import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { JobDto } from '@tessera/contracts';
import { expect } from 'vitest';
import { Cluster } from '../../cluster/cluster.ts';
import { SiteClient } from '../../cluster/site-client.ts';
import { PIPELINE, heavyPicture } from '../../faults/scene.ts';
import { PostgresServer } from '../../services/postgres.ts';
import type { ProvidedS3 } from '../../services/provided.ts';
import { S3Server } from '../../services/s3.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { pageSettings } from '../pages/page-settings.ts';
import { BrokerCluster } from './broker-cluster.ts';

/** A job, and the visitor whose it is. */
export interface Submitted {
  readonly client: SiteClient;
  readonly id: string;
}

/** Two masters and two executors on a broker of three nodes, as the users that the example for Kubernetes gives them. */
export class ClusterScene {
  readonly broker: BrokerCluster;
  /** Visitors of the two masters. */
  readonly clients: readonly [SiteClient, SiteClient];
  readonly #sites: readonly [Cluster, Cluster];
  readonly #servers: readonly { stop(): Promise<void> }[];
  readonly #s3: ProvidedS3;
  readonly #picture = heavyPicture(1, 3000);

  private constructor(
    broker: BrokerCluster,
    sites: readonly [Cluster, Cluster],
    servers: readonly { stop(): Promise<void> }[],
    s3: ProvidedS3,
  ) {
    this.broker = broker;
    this.#sites = sites;
    this.#servers = servers;
    this.#s3 = s3;
    this.clients = [new SiteClient(sites[0].url), new SiteClient(sites[1].url)];
  }

  static async start(): Promise<ClusterScene> {
    const [database, objects] = await Promise.all([PostgresServer.create(), S3Server.create()]);
    const [broker, postgres] = await Promise.all([BrokerCluster.start(), database.start(), objects.start()]);
    const s3 = await objects.provide('tessera');
    // As the page has it, with the addresses and the password of these nodes.
    const shown = [1, 2, 3].map((number) => `amqps://tessera-master:…@broker-${String(number)}:5671/tessera`);
    const own = broker.url('tessera-master').split(',');
    const words = Object.fromEntries(shown.map((url, index) => [url, own[index]!]));
    const { AMQP_URL: amqpUrl = '' } = pageSettings('docs/operator/scale.md', 'settings', words);
    expect(amqpUrl.split(',')).toEqual(own);
    const servers = { amqpUrl, postgresUrl: postgres.url, s3 };
    const options = { executors: 0, slots: 1, env: { SWEEP_SECONDS: '2' } };
    const first = await Cluster.start(servers, options);
    // A site without executors is one more master on the same servers.
    const second = await Cluster.start(servers, options);
    for (let count = 0; count < 2; count++) first.startExecutor({ AMQP_URL: broker.url('tessera-executor') });
    await first.waitForExecutors(2);
    return new ClusterScene(broker, [first, second], [database, objects], s3);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#sites.map((site) => site.stop()));
    await Promise.all([this.broker, ...this.#servers].map((server) => server.stop()));
  }

  /** The digest of the job that all others of this scene repeat, from a run without a fault. */
  async referenceDigest(): Promise<string> {
    const [client] = this.clients;
    const job = await client.ended((await this.#submit(client)).id);
    if (job.result === undefined) throw new Error(JSON.stringify(job.error));
    return job.result.pixelDigest;
  }

  /** `count` heavy jobs by each of the masters. */
  async submitByEach(count = 1): Promise<Submitted[]> {
    const visitors = Array.from({ length: count }, () => this.clients).flat();
    return Promise.all(visitors.map(async (client) => ({ client, id: (await this.#submit(client)).id })));
  }

  /** How often tasks of these jobs were tried more than once, all in all. */
  async repeats(jobs: readonly Submitted[]): Promise<number> {
    const tasks = await Promise.all(jobs.map(({ client, id }) => client.tasks(id)));
    return tasks.flat().reduce((sum, { attempts }) => sum + Math.max(0, attempts - 1), 0);
  }

  /** Waits until tasks of a job are done, so that a fault falls into the midst of it. */
  async underWay(jobs: readonly Submitted[]): Promise<void> {
    await waitUntil('the jobs are under way', async () => (await this.#tasksDone(jobs)) >= 2, {
      ms: 60_000,
      every: 50,
    });
  }

  /**
   * Seconds until six more tasks are done: more than executors hold and events are on their way, so that tasks and events
   * passed through the broker after this call.
   */
  async flowsAgain(jobs: readonly Submitted[]): Promise<number> {
    const begun = performance.now();
    const before = await this.#tasksDone(jobs);
    await waitUntil(
      'work flows again',
      async () => {
        const enough = (await this.#tasksDone(jobs)) >= before + 6;
        return enough || (await Promise.all(jobs.map(({ client, id }) => client.job(id)))).every(isDone);
      },
      { ms: 180_000, every: 50 },
    );
    return (performance.now() - begun) / 1000;
  }

  /** The jobs end with this digest, and each has one result. */
  async expectExact(jobs: readonly Submitted[], digest: string): Promise<void> {
    for (const { client, id } of jobs) {
      const ended = await client.ended(id, 180_000);
      expect(ended, JSON.stringify(ended.error)).toMatchObject({ state: 'done' });
      expect(ended.result?.pixelDigest).toBe(digest);
      expect(await this.#results(id)).toBe(1);
    }
  }

  /** No message waits or is unacknowledged. */
  async expectEmptyQueues(): Promise<void> {
    const isEmpty = async (): Promise<boolean> => {
      const queues = await this.broker.queues();
      return queues.length === 3 && queues.every(({ messages }) => messages === 0);
    };
    await waitUntil('the queues are empty', isEmpty, { ms: 60_000, every: 500 });
  }

  /** Uploads a picture that takes some seconds, and submits it split. */
  async #submit(client: SiteClient): Promise<JobDto> {
    const image = await client.upload(await this.#picture, 'heavy.png');
    return client.submit(image, { pipeline: PIPELINE, output: { format: 'png' }, split: 'always' });
  }

  async #tasksDone(jobs: readonly Submitted[]): Promise<number> {
    const dones = await Promise.all(jobs.map(async ({ client, id }) => (await client.job(id)).progress.done));
    return dones.reduce((sum, done) => sum + done, 0);
  }

  async #results(job: string): Promise<number> {
    const { endpoint, region, accessKeyId, secretAccessKey, bucket } = this.#s3;
    const credentials = { accessKeyId, secretAccessKey };
    const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `results/${job}` }));
    return Contents.length;
  }
}

function isDone({ state }: JobDto): boolean {
  return state === 'done';
}
