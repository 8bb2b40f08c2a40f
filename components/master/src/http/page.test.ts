import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;

beforeAll(async () => {
  parts = await startTestParts();
  const page = join(parts.folder, 'page');
  await mkdir(join(page, 'assets'), { recursive: true });
  await writeFile(join(page, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(page, 'favicon.svg'), '<svg/>');
  await writeFile(join(page, 'assets/index-abc123.js'), 'export {};');
  await writeFile(join(page, 'assets/index-abc123.js.br'), brotliCompressSync('export {};'));
  await writeFile(join(page, '.secret'), 'hidden');
  await writeFile(join(parts.folder, 'outside'), 'outside');
  site = await TestSite.start(parts, { environment: { PAGE_FOLDER: page } });
});
afterAll(async () => {
  await site.close();
  await parts.close();
});

const get = async (path: string, headers: Record<string, string> = { accept: 'text/html' }) => {
  const response = await fetch(site.url + path, { headers });
  return {
    status: response.status,
    cache: response.headers.get('cache-control'),
    type: response.headers.get('content-type'),
    cookies: response.headers.getSetCookie(),
    text: await response.text(),
  };
};

test('the page comes anew each time, and with it the visitor’s cookie', async () => {
  const { status, cache, type, cookies, text } = await get('/');
  expect([status, cache, type, text]).toEqual([
    200,
    'no-cache',
    'text/html; charset=utf-8',
    '<!doctype html><title>page</title>',
  ]);
  expect(cookies).toHaveLength(1);
  const again = await get('/', { accept: 'text/html', cookie: cookies[0]?.split(';')[0] ?? '' });
  expect(again.cookies).toEqual([]);
});

test('files with a hash in their name are kept for ever, others are not', async () => {
  expect(await get('/assets/index-abc123.js')).toMatchObject({
    status: 200,
    cache: 'public, max-age=31536000, immutable',
    type: 'text/javascript; charset=utf-8',
    cookies: [],
  });
  expect(await get('/favicon.svg')).toMatchObject({ status: 200, cache: 'no-cache' });
});

test('addresses of the page are the page; those of the API and of assets are not', async () => {
  expect((await get('/jobs/abc')).text).toContain('<title>page</title>');
  for (const path of ['/api/v1/nothing', '/api/nothing', '/assets/gone.js']) {
    expect(await get(path)).toMatchObject({ status: 404, type: 'application/json; charset=utf-8' });
  }
  expect((await get('/jobs/abc', { accept: 'application/json' })).status).toBe(404);
});

test('nothing outside the folder and nothing hidden is served', async () => {
  for (const path of ['/.secret', '/..%2foutside', '/%2e%2e/outside', '/assets/..%2f..%2foutside', '/..%5coutside']) {
    const { text } = await get(path);
    expect(text).not.toMatch(/hidden|^outside/);
  }
});

test('without a built page there is nothing at its address', async () => {
  const bare = await TestSite.start(parts);
  const response = await fetch(bare.url, { headers: { accept: 'text/html' } });
  expect([response.status, await response.json()]).toMatchObject([404, { error: { code: 'NOT_FOUND' } }]);
  await bare.close();
});

test('files are sent in the compressed form that lies beside them, to who takes it', async () => {
  const ask = (encoding: string) =>
    fetch(`${site.url}/assets/index-abc123.js`, { headers: { 'accept-encoding': encoding } });
  const small = await ask('gzip, br');
  expect([small.headers.get('content-encoding'), small.headers.get('content-type')]).toEqual([
    'br',
    'text/javascript; charset=UTF-8',
  ]);
  expect(small.headers.get('vary')).toContain('Accept-Encoding');
  expect(small.headers.get('cache-control')).toContain('immutable');
  expect(await small.text()).toBe('export {};');
  expect((await ask('identity')).headers.get('content-encoding')).toBeNull();
});
