import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutCell } from '../strip/join-fixture.ts';
import { makePicture } from '../strip/pictures-fixture.ts';
import { readWindow } from './read-window.ts';

const raster = makePicture(33, 21, 3, 'noise');
let folder: string;
let path: string;
const decoded = () => ({ path, width: 33, height: 21, channels: 3, depth: 8 as const, offset: 64 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tessera-window-'));
  path = join(folder, 'decoded');
  await writeFile(path, Buffer.concat([Buffer.alloc(64), raster.data]));
});
afterAll(() => rm(folder, { recursive: true }));

describe('readWindow', () => {
  it('gives the pixels of every region, from a path or an open file', () => {
    const fd = openSync(path, 'r');
    const cells = fc.record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 30 }) });
    fc.assert(
      fc.property(cells, fc.boolean(), (grid, opened) => {
        const region = { x: 0, y: 0, width: Math.min(33, grid.width), height: Math.min(21, grid.height) };
        const shifted = { ...region, x: 33 - region.width, y: 21 - region.height };
        expect(readWindow(decoded(), region, opened ? fd : undefined).raster).toEqual(cutCell(raster, grid, 0));
        const { x, y, raster: corner } = readWindow(decoded(), shifted, opened ? fd : undefined);
        expect([x, y]).toEqual([shifted.x, shifted.y]);
        expect(corner.data.slice(-3)).toEqual(raster.data.slice(-3));
      }),
    );
    closeSync(fd);
  });

  it('owns its pixels, so that they may be moved between threads', () => {
    const { data } = readWindow(decoded(), { x: 1, y: 1, width: 3, height: 3 }).raster;
    expect(data.buffer.byteLength).toBe(data.byteLength);
  });

  it('refuses what lies outside', () => {
    const outside = () => readWindow(decoded(), { x: 30, y: 0, width: 4, height: 1 });
    expect(outside).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });

  it('tells a missing file and a short one', async () => {
    const gone = () => readWindow({ ...decoded(), path: join(folder, 'gone') }, { x: 0, y: 0, width: 1, height: 1 });
    expect(gone).toThrow(expect.objectContaining({ code: 'SOURCE_MISSING', retryable: true }));
    await truncate(path, 64 + 33 * 3 * 10 - 1);
    const rows = (height: number) => () => readWindow(decoded(), { x: 0, y: 0, width: 33, height });
    expect(rows(9)).not.toThrow();
    expect(rows(10)).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
    const narrow = () => readWindow(decoded(), { x: 32, y: 9, width: 1, height: 1 });
    expect(narrow).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
  });
});
