import { startFaultProxy, type FaultProxy } from '@tessera/storage/fault-proxy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageDoubler } from './message-doubler.ts';
import { Scene } from './scene.ts';
import { long } from './long.ts';

/** Seconds for which the object store fails; the campaign takes the full minute, the short form less. */
const OUTAGE_SECONDS = long ? 60 : 10;

describe('faults of the broker and the object store', () => {
  let scene: Scene;
  let proxy: FaultProxy;
  let digest: string;
  beforeAll(async () => {
    scene = await Scene.start({
      executors: 2,
      slots: 1,
      s3Endpoint: async (endpoint) => {
        proxy = await startFaultProxy({ target: endpoint });
        return proxy.url;
      },
    });
    digest = await scene.digestOfUndisturbed();
  });
  afterAll(async () => {
    await scene.stop();
    await proxy.close();
  });

  it('the broker is killed and started again under load', async () => {
    const job = await scene.submit(1);
    await scene.underWay(job);
    await scene.broker.kill();
    await sleep(500);
    await scene.broker.start();
    await scene.expectExact(job, digest);
    await scene.expectClean();
  });

  it('the broker loses everything under load', async () => {
    const job = await scene.submit(1);
    await scene.underWay(job);
    await scene.broker.wipe();
    await scene.broker.start();
    await scene.expectExact(job, digest);
    await scene.expectClean();
  });

  it('every message is delivered twice', async () => {
    const doubler = await MessageDoubler.start(scene.broker.url);
    const job = await scene.submit(1);
    await scene.expectExact(job, digest);
    await sleep(1000);
    await doubler.stop();
    expect(doubler.doubled).toBeGreaterThan((await scene.client.tasks(job.id)).length);
    await scene.expectClean();
  });

  it(`the object store answers 500 for ${String(OUTAGE_SECONDS)} seconds`, async () => {
    const job = await scene.submit(1);
    await scene.underWay(job);
    proxy.mode('error500');
    await sleep(OUTAGE_SECONDS * 1000);
    proxy.mode('ok');
    await scene.expectExact(job, digest);
    await scene.expectClean();
  });
});
