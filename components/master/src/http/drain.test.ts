import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { END, filePart, uploadHead } from '../testing/multipart.ts';
import { pngPicture } from '../testing/pictures.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite, until } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;
beforeAll(async () => {
  parts = await startTestParts();
});
afterAll(() => parts.close());

/** Starts the site anew; for so many seconds it goes on when it is asked to stop. */
async function start(drainDelaySeconds: number): Promise<void> {
  site = await TestSite.start(parts, { environment: { DRAIN_DELAY_SECONDS: String(drainDelaySeconds) } });
}

/** Opens a connection and sends text; `text()` gives what came back so far. */
async function speak(sent: string): Promise<{ socket: Socket; text: () => string; ended: Promise<unknown> }> {
  const socket = connect(Number(new URL(site.url).port), '127.0.0.1').setEncoding('utf8');
  let text = '';
  socket.on('data', (chunk: string) => (text += chunk));
  const ended = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  socket.write(sent);
  return { socket, text: () => text, ended };
}

/** Whether nobody listens any more. */
const refuses = (): Promise<boolean> =>
  fetch(site.url).then(
    () => false,
    () => true,
  );

test('a master that stops says so for a while and takes all requests meanwhile', async () => {
  await start(5);
  const begun = performance.now();
  const closed = site.close();
  const ready = await site.client.json<{ parts: { process: unknown } }>('/readyz');
  expect([ready.status, ready.headers.get('connection'), ready.body.parts.process]).toEqual([
    503,
    'close',
    { ready: false, detail: 'SHUTTING_DOWN' },
  ]);
  expect((await site.client.json<unknown>('/healthz')).body).toEqual({ alive: true, draining: true });
  const image = await site.client.image(pngPicture());
  expect((await site.client.job(image.id)).state).toBe('queued');
  await closed;
  expect(performance.now() - begun).toBeGreaterThan(4900);
  await expect(fetch(site.url)).rejects.toThrow();
});

test('an upload under way is taken to its end, long after the master takes no others', async () => {
  await start(1);
  const body = Buffer.concat([filePart('slow.png', pngPicture()), END]);
  const half = body.length / 2;
  const upload = await speak(uploadHead(`Content-Length: ${body.length}`));
  upload.socket.write(body.subarray(0, half));
  await delay(100);
  const closed = site.close();
  await until(refuses);
  await delay(300);
  upload.socket.write(body.subarray(half));
  await upload.ended;
  expect(upload.text()).toMatch(/^HTTP\/1\.1 201 Created\r\n/);
  await closed;
});

test('listeners are sent away only when the master takes no others, with the word to come back soon', async () => {
  await start(5);
  const open = 'GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const early = await speak(open);
  const greeted = (listener: { text: () => string }): boolean => listener.text().includes('retry: 1000');
  await until(() => greeted(early));
  const closed = site.close();
  const late = await speak(open);
  await until(() => greeted(late));
  expect([early.socket.readyState, late.socket.readyState]).toEqual(['open', 'open']);
  await Promise.all([early.ended, late.ended, closed]);
  for (const { text } of [early, late]) {
    expect(text()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    const [wait] = /(?<=retry: )\d+(?=\n\n\r\n0\r\n\r\n$)/.exec(text()) ?? [];
    expect(Number(wait)).toBeGreaterThanOrEqual(200);
    expect(Number(wait)).toBeLessThan(1000);
  }
});
