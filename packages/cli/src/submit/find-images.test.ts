import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findImages } from './find-images.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tessera-find-'));
  await mkdir(join(folder, 'day 2/.thumbs'), { recursive: true });
  for (const name of ['b.JPG', 'a.png', 'notes.txt', '.hidden.png', 'c.gif', 'day 2/d.tiff', 'day 2/.thumbs/e.png'])
    await writeFile(join(folder, name), '');
});
afterEach(() => rm(folder, { recursive: true }));

const same = { recursive: false, format: undefined } as const;

it('takes what is called like an image, keeps its name and format, and makes PNG of what can not be written', async () => {
  expect(await findImages([folder], same)).toEqual([
    { input: join(folder, 'a.png'), output: 'a.png', format: 'png' },
    { input: join(folder, 'b.JPG'), output: 'b.JPG', format: 'jpeg' },
    { input: join(folder, 'c.gif'), output: 'c.png', format: 'png' },
  ]);
});

it('keeps the folders of images when it looks into them, and passes over hidden ones', async () => {
  const outputs = (await findImages([folder], { recursive: true, format: 'webp' })).map(({ output }) => output);
  expect(outputs).toEqual(['a.webp', 'b.webp', 'c.webp', join('day 2', 'd.webp')]);
});

it('takes a named file whatever it is called', async () => {
  const [image] = await findImages([join(folder, 'notes.txt')], same);
  expect(image).toMatchObject({ output: 'notes.png', format: 'png' });
});

it('refuses before any work what can not end well', async () => {
  await expect(findImages([join(folder, 'nowhere')], same)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(findImages([join(folder, 'day 2/.thumbs')], { ...same, format: 'png' })).resolves.toHaveLength(1);
  await rm(join(folder, 'day 2/.thumbs/e.png'));
  await expect(findImages([join(folder, 'day 2/.thumbs')], same)).rejects.toThrow('no image');
  await writeFile(join(folder, 'a.jpg'), '');
  await expect(findImages([folder], { ...same, format: 'png' })).rejects.toThrow(
    /a\.jpg and .*a\.png would both become a\.png/,
  );
});
