import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { sign } from './sign.ts';

type IsGenuine = (secret: string, signature: string, body: string) => boolean;

/** The function that the page on webhooks offers. */
async function documented(): Promise<IsGenuine> {
  const page = await readFile(new URL('../../../../docs/webhooks.md', import.meta.url), 'utf8');
  const [, snippet = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  const folder = await mkdtemp(join(tmpdir(), 'tessera-snippet-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'snippet.mjs');
  await writeFile(file, snippet);
  const module = (await import(pathToFileURL(file).href)) as { isGenuine: IsGenuine };
  return module.isGenuine;
}

test('the documented receiver knows what is genuine, changed, old, or of another secret', async () => {
  const isGenuine = await documented();
  const body = '{"id":"größe"}';
  const signature = sign('secret', body, new Date());
  expect(isGenuine('secret', signature, body)).toBe(true);
  expect(isGenuine('secret', signature, `${body} `)).toBe(false);
  expect(isGenuine('another', signature, body)).toBe(false);
  expect(isGenuine('secret', sign('secret', body, new Date(Date.now() - 301_000)), body)).toBe(false);
  for (const wrong of ['', 't=1', signature.replace('t=', 't=1'), signature.slice(0, -1)]) {
    expect(isGenuine('secret', wrong, body)).toBe(false);
  }
});

test('the signature is that of other tools', () => {
  // printf '1700000000.{}' | openssl dgst -sha256 -hmac key
  const digest = '9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae';
  expect(sign('key', '{}', new Date(1_700_000_000_999))).toBe(`t=1700000000,v1=${digest}`);
});
