import { createHash } from 'node:crypto';
import { AppError } from '@tessera/runtime';
import type { ImageDto } from '@tessera/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filePart, uploadOf } from '../testing/multipart.ts';
import { overriding } from '../testing/overriding.ts';
import { pngPicture } from '../testing/pictures.ts';
import { rawRequest, statusOf } from '../testing/raw-request.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';

interface Created {
  readonly images: readonly ImageDto[];
  readonly refused?: readonly { readonly name: string; readonly code: string }[];
}

let parts: TestParts;
beforeAll(async () => {
  parts = await startTestParts();
});
afterAll(() => parts.close());

test('several files of one request are taken or refused each for itself, in their order', async () => {
  const site = await TestSite.start(parts);
  const first = pngPicture(8, 8, 1);
  const second = pngPicture(30, 20, 2);
  const { status, body } = await site.client.upload<Created>(
    ['a.png', first],
    ['notes.txt', Buffer.from('hello')],
    ['b.png', second],
    ['cut.png', second.subarray(0, 60)],
  );
  expect(status).toBe(201);
  expect(body.images.map(({ name, width, height, bytes, sha256 }) => [name, width, height, bytes, sha256])).toEqual([
    ['a.png', 8, 8, first.length, createHash('sha256').update(first).digest('hex')],
    ['b.png', 30, 20, second.length, createHash('sha256').update(second).digest('hex')],
  ]);
  expect(body.refused?.map(({ name, code }) => [name, code])).toEqual([
    ['notes.txt', 'UNSUPPORTED_FORMAT'],
    ['cut.png', 'CORRUPT_IMAGE'],
  ]);
  expect(await site.keys()).toEqual(body.images.map(({ id }) => `uploads/${id}`).sort());

  const stored = await site.client.fetch(`/api/v1/images/${body.images[1]?.id ?? ''}/file`);
  expect(Buffer.from(await stored.arrayBuffer()).equals(second)).toBe(true);
  expect([stored.headers.get('content-type'), stored.headers.get('etag')]).toEqual([
    'image/png',
    `"${body.images[1]?.sha256 ?? ''}"`,
  ]);
  expect((await site.client.json(`/api/v1/images/${body.images[0]?.id ?? ''}`)).body).toEqual(body.images[0]);
  await site.close();
});

test('the type that a client claims changes nothing', async () => {
  const site = await TestSite.start(parts);
  const form = new FormData();
  form.append('image', new Blob([pngPicture()], { type: 'text/html' }), 'page.html');
  const { status, body } = await site.client.json<Created>('/api/v1/images', { method: 'POST', body: form });
  expect([status, body.images[0]?.format]).toEqual([201, 'png']);
  const file = await site.client.fetch(`/api/v1/images/${body.images[0]?.id ?? ''}/file`);
  expect(
    Object.fromEntries(
      ['content-type', 'x-content-type-options', 'content-security-policy'].map((name) => [
        name,
        file.headers.get(name),
      ]),
    ),
  ).toEqual({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  await site.close();
});

test('an object store that is away is told as such, and nothing is left', async () => {
  const site = await TestSite.start(parts, {
    wrapObjects: (objects) => overriding(objects, { put: () => Promise.reject(new AppError('STORE_UNAVAILABLE')) }),
  });
  const { status, headers, body } = await site.client.upload(['a.png', pngPicture()]);
  expect([status, body.error.code]).toEqual([503, 'STORE_UNAVAILABLE']);
  expect(headers.get('retry-after')).toBe('2');
  await site.untilEmpty();
  await site.close();
});

test('a database that is away leaves no object behind', async () => {
  const site = await TestSite.start(parts, {
    wrapStore: (store) =>
      overriding(store, { insertImage: () => Promise.reject(new AppError('DATABASE_UNAVAILABLE')) }),
  });
  const { status, body } = await site.client.upload(['a.png', pngPicture()]);
  expect([status, body.error.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
  await site.untilEmpty();
  await site.close();
});

test('hostile names never come into keys, paths or headers, and no line of the log can be forged', async () => {
  const site = await TestSite.start(parts);
  const hostile = [
    '../../../etc/passwd',
    '..\\..\\win.ini',
    '/etc/passwd',
    '<img src=x onerror=alert(1)>.png',
    'a%0d%0aX-Injected: yes.png',
    '{%22level%22:60,%22msg%22:%22forged%22}%0A{%22level%22:60,%22msg%22:%22forged%22}.png',
    '.htaccess',
    'CON\u202Egnp.exe',
    `${'n'.repeat(400)}.png`,
    '日本語 ñ ✓.png',
    "a';drop table images;--.png",
    '$(reboot)`id`.png',
    '%00.png',
  ];
  for (const name of hostile) {
    const answer = await rawRequest(site.url, uploadOf(filePart(name, pngPicture())));
    expect([name, statusOf(answer)]).toEqual([name, 201]);
    const [image] = (
      JSON.parse(Buffer.from(answer.slice(answer.indexOf('\r\n\r\n') + 4), 'latin1').toString()) as Created
    ).images;
    expect(image?.name).not.toMatch(/[/\\<>"\p{Cc}\p{Cf}]|^\./u);
    const file = await site.client.fetch(`/api/v1/images/${image?.id ?? ''}/file`);
    expect(file.headers.get('x-injected')).toBeNull();
    expect(file.headers.get('content-disposition')).toMatch(
      /^attachment; filename="[A-Za-z0-9._ -]+"; filename\*=UTF-8''[A-Za-z0-9.%_~-]+$/,
    );
  }
  for (const key of await site.keys()) expect(key).toMatch(/^uploads\/[A-Za-z0-9_-]{22}$/);
  for (const line of site.log) expect(JSON.parse(line)).toMatchObject({ name: 'test' });
  expect(site.log.join('')).not.toMatch(/forged|passwd|onerror/);
  await site.close();
});

test('names in UTF-8 are kept', async () => {
  const site = await TestSite.start(parts);
  expect((await site.client.image(pngPicture(), 'Größe 日本.png')).name).toBe('Größe 日本.png');
  await site.close();
});
