import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { MESSAGE_VERSION, type TaskMessage } from '@tessera/contracts';
import { planJob } from '@tessera/imaging';
import { AppError, silentLogger } from '@tessera/runtime';
import { createMemoryStore } from '@tessera/storage/memory';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskWork } from '../task-work.ts';
import { sharedWorkArea } from '../work-area.ts';
import { writeReceipt } from '../receipt.ts';
import { PushWork } from './push-work.ts';
import { serveTasks } from './serve-tasks.ts';

const TOKEN = 'a-token-of-the-tests-with-40-characters-';
const image = { id: 'i', key: 'uploads/i', bytes: 1, sha256: 'a'.repeat(64), format: 'png' as const };

describe('tasks over HTTP', () => {
  let objects: ReturnType<typeof createMemoryStore>;
  let closing: (() => unknown)[];
  beforeEach(() => {
    objects = createMemoryStore();
    closing = [];
  });
  afterEach(async () => {
    for (const close of closing) await close();
  });

  const options = { split: 'never', verify: false, input: 'png', slots: 1 } as const;
  const plan = planJob({ width: 64, height: 64, channels: 3 }, [], { format: 'png' }, options);
  const task: TaskMessage = {
    ...{ v: MESSAGE_VERSION, task: 't', job: 'job', stage: 0, index: 3, attempts: 0, maxAttempts: 3, image, plan },
  };

  const worker = async (run: TaskWork['run'], parallel = 4): Promise<string> => {
    const server = await serveTasks({
      ...{ host: '127.0.0.1', port: 0, token: TOKEN, parallel, logger: silentLogger() },
      work: { run },
    });
    closing.push(() => server.close());
    return `http://127.0.0.1:${String(server.port)}`;
  };
  /** Answers by itself what it is told, one after the other. */
  const answering = async (...statuses: readonly number[]): Promise<{ url: string; asked: () => number }> => {
    let asked = 0;
    const server: Server = createServer((request, response) => {
      request.resume();
      const status = statuses[Math.min(asked, statuses.length - 1)] ?? 204;
      asked += 1;
      if (status === 0) request.socket.destroy();
      else if (status > 0) response.writeHead(status).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
  };
  const push = (workers: readonly string[], more: { token?: string; deadlineMilliseconds?: number } = {}): PushWork =>
    new PushWork({
      ...{ objects, workers, token: TOKEN, logger: silentLogger() },
      ...{ backoff: { firstMilliseconds: 1, maxMilliseconds: 2 }, ...more },
    });
  const ended = (work: PushWork) =>
    work.run(task, new AbortController().signal).then(
      () => 'done',
      (error: unknown) => AppError.from(error).code,
    );
  const made = async (signal = new AbortController().signal) => {
    const area = sharedWorkArea(objects, task);
    await objects.put('work/job/0/3', new Uint8Array(5));
    await writeReceipt(area, 0, 3, { kind: 'data' }, signal);
  };

  it('a worker is given the message, and what it made is looked at', async () => {
    const seen: TaskMessage[] = [];
    const url = await worker(async (given) => {
      seen.push(given);
      await made();
      return {};
    });
    expect(await ended(push([url]))).toBe('done');
    expect(seen).toMatchObject([{ job: 'job', index: 3 }]);
    expect((await buffer(await objects.get('work/job/0/3'))).length).toBe(5);
  });

  it('a worker that says it is done and left nothing, or something else, is not believed', async () => {
    const nothing = await answering(204);
    expect(await ended(push([nothing.url]))).toBe('STORE_CORRUPT');
    expect(nothing.asked()).toBe(5);
    const area = sharedWorkArea(objects, task);
    const receipt = { kind: 'piece', sizes: [10], digests: Buffer.alloc(32).toString('base64') } as const;
    await writeReceipt(area, 0, 3, receipt, new AbortController().signal);
    expect(await ended(push([nothing.url]))).toBe('STORE_CORRUPT');
    await objects.put('work/job/0/3', new Uint8Array(17));
    expect(await ended(push([nothing.url]))).toBe('STORE_CORRUPT');
    await objects.put('work/job/0/3', new Uint8Array(18));
    expect(await ended(push([nothing.url]))).toBe('done');
  });

  it('5xx, closed connections and silence are tried again, five times in all', async () => {
    await made();
    const passing = await answering(500, 0, -1, 503, 204);
    expect(await ended(push([passing.url], { deadlineMilliseconds: 300 }))).toBe('done');
    const broken = await answering(500);
    expect(await ended(push([broken.url]))).toBe('INTERNAL');
    expect([passing.asked(), broken.asked()]).toEqual([5, 5]);
    // The next worker is asked first.
    const good = await answering(204);
    expect(await ended(push([broken.url, good.url]))).toBe('done');
    expect([broken.asked(), good.asked()]).toEqual([6, 1]);
  });

  it('what will never succeed is not tried again, and says why', async () => {
    let asked = 0;
    const url = await worker(() => {
      asked += 1;
      return Promise.reject(new AppError('CORRUPT_RASTER'));
    });
    expect(await ended(push([url]))).toBe('CORRUPT_RASTER');
    expect(asked).toBe(1);
  });

  it('a worker that has too much to do uses up no attempt of the task', async () => {
    const url = await worker(() => Promise.resolve({}), 0);
    expect(await ended(push([url]))).toBe('EXECUTOR_UNWILLING');
  });

  it('a worker of another version is passed over, and gives the task back where there is no other', async () => {
    await made();
    let worked = 0;
    const work = { run: () => Promise.resolve({}).finally(() => (worked += 1)) };
    const others = { host: '127.0.0.1', port: 0, token: TOKEN, parallel: 4, logger: silentLogger(), work };
    const old = await serveTasks({ ...others, kernel: 'of before' });
    closing.push(() => old.close());
    const before = `http://127.0.0.1:${String(old.port)}`;
    expect(await ended(push([before]))).toBe('EXECUTOR_UNWILLING');
    expect(worked).toBe(0);
    expect(await ended(push([before, await worker(() => Promise.resolve({}))]))).toBe('done');
  });

  it('strangers are turned away, and a wrong token does not end the job', async () => {
    const url = await worker(() => Promise.reject(new Error('never')));
    expect((await fetch(`${url}/tasks`, { method: 'POST', body: JSON.stringify(task) })).status).toBe(401);
    expect((await fetch(`${url}/tasks`, { method: 'GET' })).status).toBe(404);
    expect(await ended(push([url], { token: 'x'.repeat(40) }))).toBe('INTERNAL');
  });

  it('a cancelled task is left', async () => {
    const begun = Promise.withResolvers<void>();
    const left = Promise.withResolvers<string>();
    const url = await worker((_message, signal) => {
      begun.resolve();
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          left.resolve(AppError.from(signal.reason).code);
          reject(signal.reason as Error);
        });
      });
    });
    const stop = new AbortController();
    const run = push([url]).run(task, stop.signal);
    await begun.promise;
    stop.abort(new AppError('CANCELLED'));
    await expect(run).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await left.promise).toBe('CANCELLED');
  });
});
