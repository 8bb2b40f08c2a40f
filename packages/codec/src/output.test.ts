import { outputFormatSchema } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { stripFormat } from './formats.ts';
import { OUTPUT_CONTENT_TYPES, OUTPUT_EXTENSIONS, prepareForOutput } from './output.ts';
import { outputFor } from './strip/join-fixture.ts';
import { makePicture } from './strip/pictures-fixture.ts';

describe('output', () => {
  it.each(outputFormatSchema.options)('knows everything of %s', (format) => {
    expect(OUTPUT_CONTENT_TYPES[format]).toBe(`image/${format}`);
    expect(OUTPUT_EXTENSIONS[format]).toMatch(/^[a-z]{3,4}$/);
    expect(stripFormat(format)).toBeDefined();
  });

  it('leaves a raster alone that has the channels of the file', () => {
    const raster = makePicture(5, 4, 4, 'noise');
    expect(prepareForOutput(raster, outputFor(raster, 'png'))).toBe(raster);
  });

  it('lays colours over white where the file has no alpha', () => {
    const rgba = {
      width: 4,
      height: 1,
      channels: 4,
      data: Uint8Array.of(9, 8, 7, 255, 9, 8, 7, 0, 0, 100, 255, 128, 1, 2, 3, 1),
    };
    const flat = prepareForOutput(rgba, outputFor(rgba, 'jpeg', { channels: 3 }));
    expect(flat).toMatchObject({ width: 4, height: 1, channels: 3 });
    expect([...flat.data]).toEqual([9, 8, 7, 255, 255, 255, 127, 177, 255, 254, 254, 254]);
    const gray = { width: 2, height: 1, channels: 2, data: Uint8Array.of(10, 255, 10, 0) };
    expect([...prepareForOutput(gray, outputFor(gray, 'jpeg', { channels: 1 })).data]).toEqual([10, 255]);
  });

  it('keeps 16 bits where the file holds them, else their upper 8', () => {
    const rgba = { width: 2, height: 1, channels: 4, data: Uint16Array.of(256, 511, 65_535, 65_535, 9, 9, 9, 0) };
    expect(prepareForOutput(rgba, outputFor(rgba, 'png'))).toBe(rgba);
    const flat = prepareForOutput(rgba, { ...outputFor(rgba, 'tiff'), channels: 3 });
    expect([...flat.data]).toEqual([256, 511, 65_535, 65_535, 65_535, 65_535]);
    const { depth: _, ...shallow } = outputFor(rgba, 'jpeg', { channels: 3 });
    expect(prepareForOutput(rgba, shallow).data).toEqual(Uint8Array.of(1, 1, 255, 255, 255, 255));
  });

  it('does not make channels up', () => {
    const raster = makePicture(2, 2, 1, 'flat');
    const wanted = () => prepareForOutput(raster, outputFor(raster, 'png', { channels: 3 }));
    expect(wanted).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });
});
