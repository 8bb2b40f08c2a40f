import { describe, expect, it } from 'vitest';
import { sharp } from '../sharp.ts';
import { encodeSplit, outputFor } from './join-fixture.ts';
import { makePicture } from './pictures-fixture.ts';
import { avifFormat, webpFormat } from './whole-file.ts';

describe.each([
  ['webp' as const, webpFormat, 'webp'],
  ['avif' as const, avifFormat, 'heif'],
])('%s in one piece', (name, format, container) => {
  it.each([1, 2, 3, 4])('holds a raster of %i channels', async (channels) => {
    const raster = makePicture(70, 50, channels, 'smooth');
    const file = await encodeSplit(format, raster, { width: 70, height: 50 }, outputFor(raster, name));
    const hasAlpha = channels === 2 || channels === 4;
    expect(await sharp(file).metadata()).toMatchObject({ format: container, width: 70, height: 50, hasAlpha });
  });

  it('refuses several regions', async () => {
    const raster = makePicture(70, 50, 3, 'smooth');
    const split = encodeSplit(format, raster, { width: 70, height: 16 }, outputFor(raster, name));
    await expect(split).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});
