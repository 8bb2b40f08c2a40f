import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../../cluster/cluster.ts';
import { ownServers } from '../../cluster/own-servers.ts';
import { SiteClient } from '../../cluster/site-client.ts';
import { freePort } from '../../services/free-port.ts';
import { runCommand } from '../../services/run-command.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../services/temporary-folder.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { long } from '../engine/long.ts';
import { checkout } from '../machines/checkout.ts';
import { blocksFor, fillIn } from './page-block.ts';
import { pageSettings } from './page-settings.ts';

const MEDIANS = 'docs/operator/medians.md';
const TOKEN = 'a-token-of-the-tests-with-40-characters-';

/** Scenes of 4096 × 4096 pixels, of which one is dark, one is bright and one lies between. */
const SCENES = `
import sys, numpy, rasterio
from rasterio.transform import from_origin
for number, value in ((1, 40), (2, 200), (3, 90)):
    profile = dict(driver="GTiff", width=4096, height=4096, count=3, dtype="uint8", crs="EPSG:32632", tiled=True,
                   blockxsize=256, blockysize=256, compress="deflate", transform=from_origin(600000, 5300000, 10, 10))
    with rasterio.open(f"{sys.argv[1]}/scene-{number}.tif", "w", **profile) as file:
        file.write(numpy.full((3, 4096, 4096), value, "uint8"))
`;
/** Size of the result and the values in it. */
const LOOK = `
import sys, numpy, rasterio
with rasterio.open(sys.argv[1]) as file:
    print(file.width, file.height, *numpy.unique(file.read()))
`;

describe.runIf(long)('executors with the settings of the page of medians', () => {
  let cluster: Cluster;
  let objects: S3Client;
  let bucket: string;
  let folder: TemporaryFolder;
  let token: string;
  beforeAll(async () => {
    const servers = await ownServers();
    const { endpoint, region, accessKeyId, secretAccessKey } = servers.s3;
    objects = new S3Client({ endpoint, region, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } });
    bucket = servers.s3.bucket;
    folder = await createTemporaryFolder('page-settings');
    token = join(folder.path, 'token');
    await writeFile(token, TOKEN);
    cluster = await Cluster.start(servers, { executors: 0, slots: 1 });
  });
  afterAll(async () => {
    await cluster.stop();
    await folder.remove();
  });

  const listens = (url: string): Promise<void> =>
    waitUntil(
      `${url} listens`,
      () =>
        fetch(url).then(
          () => true,
          () => false,
        ),
      { ms: 60_000 },
    );

  it('give the dispatcher a median', async () => {
    const port = String(await freePort());
    const own = { '8090': port, '/run/secrets/median-token': token };
    cluster.startExecutor(pageSettings(MEDIANS, 'executor.env', own));
    await runCommand('/usr/bin/python3', ['-c', SCENES, folder.path]);
    for (const name of ['scene-1.tif', 'scene-2.tif', 'scene-3.tif']) {
      const Body = await readFile(join(folder.path, name));
      await objects.send(new PutObjectCommand({ Bucket: bucket, Key: `uploads/${name}`, Body }));
    }
    await listens(`http://127.0.0.1:${port}`);
    for (const block of blocksFor(MEDIANS, ['dispatcher'])) {
      const { commands } = fillIn(block, { 'http://executor:8090': `http://127.0.0.1:${port}` });
      await runCommand('bash', ['-e', '-c', commands], { env: { ...process.env, token: TOKEN } });
    }
    const { Body } = await objects.send(new GetObjectCommand({ Bucket: bucket, Key: 'medians/granule/1-2.tif' }));
    const file = join(folder.path, 'median.tif');
    await writeFile(file, await Body!.transformToByteArray());
    expect((await runCommand('/usr/bin/python3', ['-c', LOOK, file])).trim()).toBe('1024 1024 90');
  });

  it('have tasks done by workers without a broker', async () => {
    for (const executor of cluster.executors.splice(0)) await executor.kill();
    const urls: Record<string, string> = {};
    for (const number of ['1', '2']) {
      const port = String(await freePort());
      const settings = pageSettings(MEDIANS, 'worker.env', { '8091': port, '/run/secrets/tasks-token': token });
      cluster.startExecutor({ EXECUTOR_ID: `worker-${number}`, AMQP_URL: 'amqp://127.0.0.1:1', ...settings });
      urls[`https://worker-${number}.example`] = `http://127.0.0.1:${port}`;
      await listens(`http://127.0.0.1:${port}`);
    }
    const settings = pageSettings(MEDIANS, 'pusher.env', { ...urls, '/run/secrets/tasks-token': token });
    cluster.startExecutor({ EXECUTOR_ID: 'pusher', ...settings });
    await cluster.waitForExecutors(1);
    const client = new SiteClient(cluster.url);
    const image = await client.upload(await readFile(join(checkout, 'fixtures/photos/rocket.jpg')), 'rocket.jpg');
    const wish = { pipeline: [{ op: 'canny' }], output: { format: 'png' }, split: 'always', verify: true } as const;
    const job = await client.ended((await client.submit(image, wish)).id);
    expect(job, JSON.stringify(job.error)).toMatchObject({ state: 'done' });
    expect(new Set((await client.tasks(job.id)).map(({ executor }) => executor))).toEqual(new Set(['pusher']));
  });
});
