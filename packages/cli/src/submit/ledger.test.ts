import { appendFile, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Ledger } from './ledger.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'tessera-ledger-'))));
afterEach(() => rm(folder, { recursive: true }));

const entry = { key: 'k', job: 'j', batch: null };

it('knows in the next run what was noted, for its own site only', async () => {
  const first = await Ledger.open(folder, 'https://a.example');
  await first.note({ ...entry, job: 'old' });
  await first.note(entry);
  await first.noteCookie('visitor=1');
  await first.close();
  const again = await Ledger.open(folder, 'https://a.example');
  expect([again.find('k'), again.find('other'), again.cookie]).toEqual([entry, undefined, 'visitor=1']);
  const other = await Ledger.open(folder, 'https://b.example');
  expect([other.find('k'), other.cookie]).toEqual([undefined, '']);
  await Promise.all([again.close(), other.close()]);
});

it('goes on after a line that was cut off, and is for its user alone', async () => {
  const first = await Ledger.open(folder, 'https://a.example');
  await first.note(entry);
  await first.close();
  const [name = ''] = await readdir(folder);
  await appendFile(join(folder, name), '{"key":"half","jo');
  const again = await Ledger.open(folder, 'https://a.example');
  await again.note({ ...entry, key: 'k2' });
  await again.close();
  const last = await Ledger.open(folder, 'https://a.example');
  expect([last.find('k')?.job, last.find('half'), last.find('k2')?.job]).toEqual(['j', undefined, 'j']);
  await last.close();
  expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
});
