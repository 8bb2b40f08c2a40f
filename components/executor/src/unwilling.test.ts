import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_DECODE_LIMITS, Decoder } from '@tessera/codec';
import { MESSAGE_VERSION, type ImageRef, type Presence, type TaskEvent, type TaskMessage } from '@tessera/contracts';
import { planJob } from '@tessera/imaging';
import type { Broker } from '@tessera/queue';
import { createInProcessHub, type InProcessHub } from '@tessera/queue/in-process';
import { AppError, createMetrics, parseConfig, silentLogger } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import { createMemoryStore } from '@tessera/storage/memory';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { executorWorkShape } from './config.ts';
import { createExecutor, type Executor } from './executor.ts';

const within = { timeout: 20_000 };

describe('an executor that may be unwilling', () => {
  let folder: string;
  let decoder: Decoder;
  let hub: InProcessHub;
  let broker: Broker;
  let objects: ObjectStore;
  let image: ImageRef;
  let events: TaskEvent[];
  let presence: Presence[];
  const executors: Executor[] = [];
  const brokers: Broker[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tessera-unwilling-'));
    const limits = { deadlineMilliseconds: 20_000, memoryBytes: 768 * 1024 * 1024, limits: DEFAULT_DECODE_LIMITS };
    decoder = new Decoder({ children: 1, scratch: folder, logger: silentLogger(), ...limits });
    await decoder.start();
  });
  afterAll(async () => {
    await decoder.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    hub = createInProcessHub({ drainMilliseconds: 500 });
    broker = hub.connect();
    objects = createMemoryStore();
    [events, presence] = [[], []];
    await broker.consume('events', { prefetch: 8 }, ({ body, ack }) => {
      events.push(body as TaskEvent);
      ack();
    });
    await broker.subscribe('presence', (body) => void presence.push(body as Presence));
    const data = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const sha256 = createHash('sha256').update(data).digest('hex');
    image = { id: 'image', key: 'uploads/image', bytes: data.length, sha256, format: 'png' };
    await objects.put(image.key, data);
  });
  afterEach(async () => {
    await Promise.all(executors.splice(0).map((executor) => executor.close()));
    await Promise.all([broker, ...brokers.splice(0)].map((one) => one.close()));
  });

  async function start(
    id: string,
    environment: Readonly<Record<string, string>>,
    options: { random?: () => number; wrap?: (broker: Broker) => Broker } = {},
  ): Promise<void> {
    const config = parseConfig(executorWorkShape, {
      EXECUTOR_SCRATCH: folder,
      EXECUTOR_ID: id,
      EXECUTOR_SLOTS: '2',
      EXECUTOR_DRAIN_SECONDS: '20',
      EXECUTOR_PRESENCE_MILLISECONDS: '100',
      ...environment,
    });
    const own = hub.connect();
    brokers.push(own);
    const { random, wrap } = options;
    const executor = createExecutor({
      objects,
      broker: wrap?.(own) ?? own,
      logger: silentLogger(),
      metrics: createMetrics(),
      config,
      decoder,
      ...(random && { random }),
    });
    executors.push(executor);
    await executor.start();
  }

  const message = (): TaskMessage => {
    const plan = planJob(
      { width: 64, height: 64, channels: 3 },
      [{ op: 'invert', params: {} }],
      { format: 'png' },
      { split: 'always', verify: false, input: 'png', slots: 2 },
    );
    const [task, job] = [randomUUID(), randomUUID()];
    return { v: MESSAGE_VERSION, task, job, stage: 0, index: 0, attempts: 0, maxAttempts: 3, image, plan };
  };
  const publish = (body = message()): Promise<void> => broker.publish('tasks', body, { messageId: body.task });
  const send = (address: string, body = message()): Promise<void> =>
    broker.send(address, body, { messageId: body.task });
  const latest = (id: string): Presence | undefined => presence.findLast(({ executor }) => executor === id);
  const inboxOf = async (id: string): Promise<string> => {
    await expect.poll(() => latest(id)?.inbox, within).toBeDefined();
    return latest(id)?.inbox ?? '';
  };
  const ends = (type: TaskEvent['type']): TaskEvent[] => events.filter((event) => event.type === type);

  it('takes tasks from its inbox and from the common queue, no more at one time than it has slots', async () => {
    const slow = { EXECUTOR_LOAD_PROBABILITY: '1', EXECUTOR_LOAD_DELAY_MILLISECONDS: '300' };
    await start('one', slow);
    const inbox = await inboxOf('one');
    for (let n = 0; n < 3; n += 1) await Promise.all([publish(), send(inbox)]);
    await expect.poll(() => latest('one')?.tasks.length, within).toBe(4);
    expect(ends('started').length - ends('done').length).toBeLessThanOrEqual(2);
    await expect.poll(() => ends('done').length, within).toBe(6);
    let running = 0;
    for (const { type } of events) {
      running += type === 'started' ? 1 : -1;
      expect(running).toBeLessThanOrEqual(2);
    }
    // It made believe to be slow; that it does not call unwilling.
    expect(latest('one')?.willing).toBe(true);
    for (const event of ends('done')) expect(event.type === 'done' && event.milliseconds).toBeGreaterThanOrEqual(299);
  });

  it('turns a task away before it begins it, says so, and leaves the common queue to others', async () => {
    await start('busy', { EXECUTOR_LOAD_PROBABILITY: '1' });
    await publish();
    await expect
      .poll(() => ends('returned'), within)
      .toMatchObject([{ code: 'EXECUTOR_UNWILLING', executor: 'busy', attempt: 1 }]);
    expect(ends('started')).toEqual([]);
    await expect.poll(() => latest('busy'), within).toMatchObject({ willing: false, unwillingFor: 'probability' });
    await publish();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await broker.depth('tasks')).toBe(1);
    expect(ends('returned')).toHaveLength(1);
    await start('free', {});
    await expect.poll(() => ends('done'), within).toMatchObject([{ executor: 'free' }]);
  });

  it('goes on taking tasks when its pause is over', async () => {
    const draws = [0, 0];
    await start('one', { EXECUTOR_LOAD_PROBABILITY: '0.5' }, { random: () => draws.shift() ?? 0.9 });
    await publish();
    await expect.poll(() => ends('returned').length, within).toBe(1);
    await publish();
    await expect.poll(() => ends('done').length, within).toBe(1);
    expect(latest('one')?.willing).toBe(true);
  });

  it('asks for little where all are unwilling: few messages in a second', async () => {
    let messages = 0;
    const counting = (own: Broker): Broker => ({
      ...bound(own),
      publish: async (queue, body, options) => {
        messages += 1;
        await own.publish(queue, body, options);
        // As a master would, but without any delay.
        if ((body as TaskEvent).type === 'returned') await publish();
      },
    });
    for (const id of ['a', 'b', 'c']) await start(id, { EXECUTOR_LOAD_PROBABILITY: '1' }, { wrap: counting });
    for (let n = 0; n < 20; n += 1) await publish();
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(messages).toBeGreaterThan(3);
    // Each of three takes two at a time, pauses for a second and more, and longer each time.
    expect(messages / 5).toBeLessThan(8);
  });

  it('gives back what waits for a slot at once when it stops', async () => {
    await start('one', { EXECUTOR_LOAD_PROBABILITY: '1', EXECUTOR_LOAD_DELAY_MILLISECONDS: '700' });
    const inbox = await inboxOf('one');
    await Promise.all([publish(), publish(), send(inbox), send(inbox)]);
    await expect.poll(() => latest('one')?.tasks.length, within).toBe(4);
    await executors[0]?.close();
    await expect.poll(() => ends('done').length, within).toBe(2);
    expect(ends('returned')).toMatchObject([{ code: 'SHUTTING_DOWN' }, { code: 'SHUTTING_DOWN' }]);
    expect(ends('started')).toHaveLength(2);
  });

  it('works without an inbox where its rights on the broker are older than inboxes', async () => {
    const refusing = (own: Broker): Broker => ({
      ...bound(own),
      openInbox: () => Promise.reject(new AppError('INVALID_CONFIG', { retryable: false })),
    });
    await start('old', {}, { wrap: refusing });
    await publish();
    await expect.poll(() => ends('done').length, within).toBe(1);
    expect(latest('old')).not.toHaveProperty('inbox');
  });
});

/** All of a broker's methods, free of it. */
function bound(broker: Broker): Broker {
  return {
    publish: broker.publish.bind(broker),
    consume: broker.consume.bind(broker),
    openInbox: broker.openInbox.bind(broker),
    send: broker.send.bind(broker),
    broadcast: broker.broadcast.bind(broker),
    subscribe: broker.subscribe.bind(broker),
    depth: broker.depth.bind(broker),
    status: broker.status.bind(broker),
    onConnect: broker.onConnect.bind(broker),
    close: broker.close.bind(broker),
  };
}
