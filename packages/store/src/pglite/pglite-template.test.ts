import { openAsBlob } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@tessera/runtime';
import { expect, it, onTestFinished } from 'vitest';
import { createPgliteStore } from './create-pglite-store.ts';
import { pgliteTemplate } from './pglite-template.ts';

it('is made once, replaces those of other versions, and is what a database begins with', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-template-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, '0123456789abcdef.tar'), 'of another version');
  await writeFile(join(folder, 'something else'), 'kept');
  const path = await pgliteTemplate(folder);
  expect(await pgliteTemplate(folder)).toBe(path);
  expect((await readdir(folder)).map((name) => join(folder, name)).sort()).toEqual(
    [path, join(folder, 'something else')].sort(),
  );
  const store = await createPgliteStore({
    folder: undefined,
    beginning: await openAsBlob(path),
    logger: silentLogger(),
  });
  await store.close();
});
