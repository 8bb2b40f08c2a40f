import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_DECODE_LIMITS, Decoder } from '@tessera/codec';
import { MESSAGE_VERSION, type ImageRef, type Presence, type TaskEvent, type TaskMessage } from '@tessera/contracts';
import { planJob } from '@tessera/imaging';
import type { Broker } from '@tessera/queue';
import { createInProcessBroker } from '@tessera/queue/in-process';
import { createMetrics, parseConfig, silentLogger } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import { createMemoryStore } from '@tessera/storage/memory';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { executorWorkShape } from './config.ts';
import { createExecutor, type Executor } from './executor.ts';

describe('Executor', () => {
  let folder: string;
  let decoder: Decoder;
  let objects: ObjectStore;
  let broker: Broker;
  let executor: Executor;
  let image: ImageRef;
  let events: TaskEvent[];
  let dead: TaskMessage[];
  let presence: Presence[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tessera-executor-'));
    decoder = new Decoder({
      children: 1,
      deadlineMilliseconds: 20_000,
      memoryBytes: 768 * 1024 * 1024,
      scratch: folder,
      limits: DEFAULT_DECODE_LIMITS,
      logger: silentLogger(),
    });
    await decoder.start();
  });
  afterAll(async () => {
    await decoder.close();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    objects = createMemoryStore();
    broker = createInProcessBroker();
    [events, dead, presence] = [[], [], []];
    await broker.consume('events', { prefetch: 8 }, ({ body, ack }) => {
      events.push(body as TaskEvent);
      ack();
    });
    await broker.consume('dead', { prefetch: 8 }, ({ body, ack }) => {
      dead.push(body as TaskMessage);
      ack();
    });
    await broker.subscribe('presence', (body) => void presence.push(body as Presence));
    const data = await sharp({ create: { width: 900, height: 900, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const sha256 = createHash('sha256').update(data).digest('hex');
    image = { id: 'image', key: 'uploads/image', bytes: data.length, sha256, format: 'png' };
    await objects.put(image.key, data);
    const settings = { EXECUTOR_SCRATCH: folder, EXECUTOR_ID: 'one', EXECUTOR_SLOTS: '2', EXECUTOR_DRAIN_SECONDS: '1' };
    const config = parseConfig(executorWorkShape, settings);
    executor = createExecutor({ objects, broker, logger: silentLogger(), metrics: createMetrics(), config, decoder });
    await executor.start();
  });
  afterEach(async () => {
    await executor.close();
    await broker.close();
  });

  const message = (change: Partial<TaskMessage> = {}): TaskMessage => {
    const plan = planJob(
      { width: 900, height: 900, channels: 3 },
      [{ op: 'invert', params: {} }],
      { format: 'png' },
      { split: 'always', verify: false, input: 'png', slots: 2 },
    );
    const base = {
      v: MESSAGE_VERSION,
      task: randomUUID(),
      job: 'job',
      stage: 0,
      index: 0,
      attempts: 0,
      maxAttempts: 3,
    } as const;
    return { ...base, image, plan, ...change };
  };
  const send = (body: TaskMessage) => broker.publish('tasks', body, { messageId: body.task });
  const outcomes = () => events.filter(({ type }) => type !== 'started').map(({ type }) => type);

  it('does a split job stage by stage and gives the result’s facts with the last', async () => {
    const { plan } = message();
    for (const [stage, { tasks }] of plan.stages.entries()) {
      const before = outcomes().length;
      for (let index = 0; index < tasks; index++) await send(message({ stage, index }));
      await expect.poll(() => outcomes().length, { timeout: 20_000 }).toBe(before + tasks);
    }
    expect(new Set(outcomes())).toEqual(new Set(['done']));
    const last = events.findLast(({ type }) => type === 'done');
    expect(last).toMatchObject({ result: { key: 'results/job.png', width: 900, height: 900 } });
  });

  it('computes nothing again for a duplicate', async () => {
    await send(message());
    await expect.poll(outcomes, { timeout: 20_000 }).toEqual(['done']);
    await objects.delete([image.key]);
    await send(message());
    await expect.poll(outcomes, { timeout: 20_000 }).toEqual(['done', 'done']);
  });

  it('gives up a task whose attempts are used up, and one that it can not read', async () => {
    await send(message({ attempts: 3 }));
    await broker.publish('tasks', { v: 99 }, { messageId: 'strange' });
    await expect.poll(() => dead.length).toBe(2);
    expect(events).toEqual([]);
  });

  it('leaves a task whose plan promises pixels of another version to others, and never begins it', async () => {
    const { plan } = message();
    await send(message({ plan: { ...plan, kernel: 'of another version' } }));
    await expect.poll(() => events.length).toBe(1);
    expect(events).toMatchObject([{ type: 'returned', code: 'EXECUTOR_UNWILLING' }]);
    expect(dead).toEqual([]);
  });

  it('tells a missing source as a failure that trying again does not mend', async () => {
    await objects.delete([image.key]);
    await send(message());
    await expect
      .poll(() => events.at(-1), { timeout: 20_000 })
      .toMatchObject({ type: 'failed', code: 'SOURCE_MISSING', retryable: false });
  });

  it('shows itself, and that it drains', async () => {
    await expect.poll(() => presence.length).toBeGreaterThan(0);
    expect(presence[0]).toMatchObject({ executor: 'one', slots: 2, draining: false, tasks: [] });
    await executor.close();
    expect(presence.at(-1)).toMatchObject({ draining: true });
    await send(message());
    expect(events).toEqual([]);
    expect(await readdir(folder)).not.toContain('one');
  });

  it('hands back what does not end in the time to drain, without using up an attempt', async () => {
    const slow = await sharp({ create: { width: 7000, height: 7000, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const sha256 = createHash('sha256').update(slow).digest('hex');
    const heavy: ImageRef = { id: 'heavy', key: 'uploads/heavy', bytes: slow.length, sha256, format: 'png' };
    await objects.put(heavy.key, slow);
    const plan = planJob(
      { width: 7000, height: 7000, channels: 3 },
      [{ op: 'median', params: { ksize: 7 } }],
      { format: 'avif' },
      { split: 'never', verify: false, input: 'png', slots: 2 },
    );
    await send(message({ image: heavy, plan }));
    await expect.poll(() => events.length).toBe(1);
    await executor.close();
    expect(events.at(-1)).toMatchObject({ type: 'returned', code: 'SHUTTING_DOWN', delayMilliseconds: 0 });
  });
});
