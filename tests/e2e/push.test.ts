import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { JobDto, TaskDto } from '@tessera/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../cluster/cluster.ts';
import { ownServers } from '../cluster/own-servers.ts';
import { SiteClient } from '../cluster/site-client.ts';
import { freePort } from '../services/free-port.ts';
import { runCommand } from '../services/run-command.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../services/temporary-folder.ts';
import { waitUntil } from '../services/wait-until.ts';
import { long } from './long.ts';

const TOKEN = randomBytes(24).toString('hex');
const SCENES = 3;
/** Several windows of 4 megapixels. */
const SIZE = { width: 4096, height: 7168 };

const MAKE = `
import sys, numpy as np, rasterio
random = np.random.default_rng(7)
small = random.integers(1, 250, (${String(SCENES)}, ${String(SIZE.height / 8)}, ${String(SIZE.width / 8)}), dtype='uint8')
for n, path in enumerate(sys.argv[1:]):
    with rasterio.open(path, 'w', driver='GTiff', width=${String(SIZE.width)}, height=${String(SIZE.height)}, count=1,
                       dtype='uint8', tiled=True, blockxsize=512, blockysize=512, compress='deflate', zlevel=1) as file:
        file.write(np.kron(small[n], np.ones((8, 8), dtype='uint8')), 1)
`;
const JUDGE = `
import sys, numpy as np, rasterio
result, *scenes = [rasterio.open(path).read(1) for path in sys.argv[1:]]
print((result == np.median(np.stack(scenes), axis=0)).all())
`;

/** Passes requests on to a worker, or loses them, or their answers, at random. */
class UnreliableWorker {
  readonly failed = { before: 0, lost: 0, after: 0 };
  passed = 0;
  readonly #server: Server;
  #seed = 5;

  constructor(worker: string) {
    this.#server = createServer((request, response) => void this.#pass(worker, request, response));
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #pass(worker: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    const fate = this.#seed % 5;
    if (fate === 0) {
      this.failed.before += 1;
      response.writeHead(500).end();
    } else if (fate === 1) {
      this.failed.lost += 1;
      request.socket.destroy();
    } else {
      const headers = { authorization: request.headers.authorization ?? '' };
      const { status } = await fetch(`${worker}/tasks`, { method: 'POST', headers, body });
      if (fate === 2) this.failed.after += 1;
      else this.passed += 1;
      response.writeHead(fate === 2 ? 503 : status).end();
    }
  }
}

describe.runIf(long)('workers over HTTP and executors on the queue serve one job together', () => {
  let cluster: Cluster;
  let folder: TemporaryFolder;
  let unreliable: UnreliableWorker;
  let client: SiteClient;
  let scenes: readonly { readonly image: string }[];
  const files = Array.from({ length: SCENES }, (_, n) => `scene-${String(n)}.tif`);

  const path = (name: string): string => join(folder.path, name);
  const worker = async (): Promise<string> => {
    const port = String(await freePort());
    cluster.startExecutor({
      ...{ EXECUTOR_ID: `worker-${port}`, EXECUTOR_QUEUE: 'false', AMQP_URL: 'amqp://127.0.0.1:1' },
      ...{ EXECUTOR_TASKS_PORT: port, EXECUTOR_TASKS_TOKEN: TOKEN, EXECUTOR_SLOTS: '4' },
    });
    const url = `http://127.0.0.1:${port}`;
    await waitUntil(
      'the worker listens',
      () =>
        fetch(url).then(
          () => true,
          () => false,
        ),
      { ms: 60_000 },
    );
    return url;
  };
  const make = async (name: string): Promise<{ job: JobDto; tasks: readonly TaskDto[] }> => {
    const product = { kind: 'composite', composite: { rule: { kind: 'median' } }, bands: [1], scenes };
    const { job } = await client.json<{ job: JobDto }>('/products', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ product, reuse: false }),
    });
    let ended = job;
    await waitUntil(
      'the product is made',
      async () => {
        ended = await client.json<JobDto>(`/jobs/${job.id}`);
        return ['done', 'failed'].includes(ended.state);
      },
      { ms: 120_000 },
    );
    expect(ended, JSON.stringify(ended.error)).toMatchObject({ state: 'done' });
    const file = await client.call(`/jobs/${job.id}/result`);
    await writeFile(path(name), Buffer.from(await file.arrayBuffer()));
    const { tasks } = await client.json<{ tasks: readonly TaskDto[] }>(`/jobs/${job.id}/tasks`);
    return { job: ended, tasks };
  };

  beforeAll(async () => {
    folder = await createTemporaryFolder('push');
    cluster = await Cluster.start(await ownServers(), { executors: 1, slots: 1 });
    client = new SiteClient(cluster.url);
    await runCommand('/usr/bin/python3', ['-c', MAKE, ...files.map((name) => path(name))]);
    scenes = await Promise.all(
      files.map(async (name) => ({ image: await client.upload(await readFile(path(name)), name) })),
    );
  });
  afterAll(async () => {
    unreliable.close();
    await cluster.stop();
    await folder.remove();
  });

  it('a composite is the same whoever made its windows', async () => {
    const alone = await make('alone.tif');
    const [good, other] = await Promise.all([worker(), worker()]);
    unreliable = new UnreliableWorker(other);
    cluster.startExecutor({
      ...{ EXECUTOR_ID: 'dispatcher', EXECUTOR_SLOTS: '4' },
      ...{ PUSH_WORKERS: `${good}, ${await unreliable.listen()}`, PUSH_TOKEN: TOKEN },
    });
    await cluster.waitForExecutors(2);
    const together = await make('together.tif');
    expect(together.job.result?.pixelDigest).toBe(alone.job.result?.pixelDigest);
    const judged = await runCommand('/usr/bin/python3', [
      ...['-c', JUDGE, path('together.tif')],
      ...files.map((name) => path(name)),
    ]);
    expect(judged.trim()).toBe('True');
    expect(await readFile(path('together.tif'))).toEqual(await readFile(path('alone.tif')));
    const windows = together.tasks.filter(({ stage }) => stage === 0);
    expect(windows.length).toBeGreaterThan(5);
    expect(new Set(together.tasks.map(({ executor }) => executor))).toEqual(new Set(['dispatcher', 'executor-1']));
    const { before, lost, after } = unreliable.failed;
    expect([before + lost + after > 0, unreliable.passed > 0]).toEqual([true, true]);
  });
});
