import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from './api-client.ts';
import { parseSteps } from './op-argument.ts';
import { contentOfOthers, uploadOthers } from './other-images.ts';

const { signal } = new AbortController();
let folder: string;
let logo: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'other-images-'));
  logo = join(folder, 'logo, new.png');
  await writeFile(logo, 'a logo');
});
afterAll(() => rm(folder, { recursive: true }));

describe('files that steps name', () => {
  it('are uploaded once each, and their ids stand in the steps', async () => {
    const sent: string[] = [];
    const upload = (path: string) => Promise.resolve({ id: `id-${String(sent.push(path))}` });
    const client = { upload } as unknown as Pick<ApiClient, 'upload'>;
    const steps = parseSteps([`watermark:opacity=0.5,image=${logo}`, 'invert', `blend:image=${logo}`]);
    const ready = await uploadOthers(steps, client, signal);
    expect(ready).toMatchObject([
      { op: 'watermark', params: { image: 'id-1', opacity: 0.5 } },
      { op: 'invert' },
      { op: 'blend', params: { image: 'id-1' } },
    ]);
    expect(sent).toEqual([logo]);
  });

  it('may be ids, and have to be there else', async () => {
    const id = 'k3J-9_aBcDeFgHiJkLmNoP';
    expect(await contentOfOthers(parseSteps([`mask:image=${id}`]), signal)).toMatchObject([{ params: { image: id } }]);
    await expect(contentOfOthers(parseSteps(['mask:image=no.png']), signal)).rejects.toMatchObject({
      code: 'SOURCE_MISSING',
      message: expect.stringContaining('no.png') as string,
    });
  });

  it('are the same work with the same bytes', async () => {
    const [step] = await contentOfOthers(parseSteps([`mask:image=${logo}`]), signal);
    expect(step?.params).toMatchObject({ image: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  });
});
