import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createInProcessBroker } from '@tessera/queue/in-process';
import { createMetrics } from '@tessera/runtime';
import { expect, it } from 'vitest';
import { buildInfo } from './build-info.ts';
import { certificateExpiry } from './certificate-expiry.ts';
import { queueDepths } from './queue-depths.ts';
import { scratchSpace } from './scratch-space.ts';

const CERTIFICATE = new URL('../../../queue/src/rabbitmq/testing/tls/localhost.cert.pem', import.meta.url).pathname;

it('tells what runs', async () => {
  const metrics = createMetrics();
  const build = buildInfo(metrics, 'master', new URL('../../package.json', import.meta.url));
  expect(build).toEqual({ component: 'master', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  expect(await metrics.registry.metrics()).toContain(
    `tessera_build_info{component="master",version="${build.version}",node="${process.version}"} 1`,
  );
});

it('counts the messages that wait, and nothing without a broker', async () => {
  const metrics = createMetrics();
  const broker = createInProcessBroker();
  queueDepths(metrics, broker);
  await broker.publish('tasks', 1, { messageId: 'a' });
  expect(await metrics.registry.metrics()).toContain('tessera_queue_messages{queue="tasks"} 1');
  await broker.close();
  expect(await metrics.registry.metrics()).not.toContain('tessera_queue_messages{');
});

it('does not wait for a broker that does not answer', async () => {
  const metrics = createMetrics();
  const broker = createInProcessBroker();
  queueDepths(metrics, Object.assign(broker, { depth: () => sleep(60_000, 1, { ref: false }) }));
  const begun = performance.now();
  expect(await metrics.registry.metrics()).not.toContain('tessera_queue_messages{');
  expect(performance.now() - begun).toBeLessThan(4000);
});

it('tells of the room for scratch files as long as there is a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'scratch-space-'));
  const metrics = createMetrics();
  scratchSpace(metrics, folder);
  const value = async (name: string): Promise<number> =>
    Number(new RegExp(`^${name} (\\d+)`, 'm').exec(await metrics.registry.metrics())?.[1]);
  expect(await value('tessera_scratch_free_bytes')).toBeGreaterThan(0);
  expect(await value('tessera_scratch_size_bytes')).toBeGreaterThan(await value('tessera_scratch_free_bytes'));
  await rm(folder, { recursive: true });
  expect(await value('tessera_scratch_free_bytes')).toBeNaN();
});

it('tells when certificates expire, and nothing of files that hold none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'expiry-'));
  const empty = join(folder, 'empty.pem');
  await writeFile(empty, 'nothing');
  const metrics = createMetrics();
  certificateExpiry(metrics, { A: CERTIFICATE, B: empty, C: join(folder, 'missing'), D: undefined });
  const lines = (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith('tessera_cert'));
  await rm(folder, { recursive: true });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/\{file="A"\} \d+$/);
});
