import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../../../tests/services/run-command.ts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import { planCog } from './cog-layout.ts';
import type { CogOptions } from './cog-options.ts';
import { halveBlock } from './halve-block.ts';
import { makeRaster, writeCog } from './write-cog-fixture.ts';

interface Difference {
  readonly samples: number;
  readonly relative: number;
}
type Levels = readonly { readonly numpy: Difference; readonly gdal?: Difference }[];

async function compare(cases: readonly (CogOptions & { readonly seed: number })[]): Promise<Levels[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-overviews-'));
  try {
    const args: string[] = [];
    for (const [index, options] of cases.entries()) {
      const path = join(folder, `${index}.tif`);
      const hole = options.nodata === 'nan' ? NaN : (options.nodata ?? 0);
      const raster = makeRaster(options, options.type, options.bands, { seed: options.seed, hole });
      // Values around a hole's come together in means.
      const [samples] = raster.bands;
      for (let at = 0; at < samples!.length; at += 3) if (at % 2 === 0) samples![at] = hole + (at % 5) - 2;
      await writeFile(path, await writeCog(planCog(options), raster, Infinity));
      args.push(path, (options.resampling ?? 'average').toUpperCase());
    }
    const script = fileURLToPath(new URL('./rounding.py', import.meta.url));
    return JSON.parse(await runCommand('/usr/bin/python3', [script, ...args])) as Levels[];
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('overviews', () => {
  it('are those of numpy at any size, and those of GDAL at even sizes', async () => {
    const cases: (CogOptions & { readonly seed: number })[] = [];
    for (const type of ['uint8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64'] as const) {
      const far = SAMPLE_TYPES[type].kind === 'float' ? -9999 : SAMPLE_TYPES[type].range[1];
      for (const nodata of [null, 0, far, ...(type.startsWith('float') ? (['nan'] as const) : [])]) {
        for (const resampling of ['average', 'nearest', 'mode'] as const) {
          const [width, height] = cases.length % 3 === 0 ? [67, 45] : [64, 96];
          cases.push({
            width,
            height,
            type,
            bands: 1,
            tile: 16,
            compression: 'none',
            nodata,
            resampling,
            seed: 1 + cases.length,
          });
        }
      }
    }
    const told = await compare(cases);
    let byGdal = 0;
    for (const [index, levels] of told.entries()) {
      const { type, nodata, resampling } = cases[index]!;
      for (const { numpy, gdal } of levels) {
        const what = `${type} ${String(nodata)} ${resampling!} ${JSON.stringify(levels)}`;
        expect(numpy.samples, what).toBe(0);
        if (!gdal) continue;
        byGdal++;
        // GDAL 3.6 has single precision for sums of floats, and for all of 32-bit integers and doubles.
        const isExact = /8|16/.test(type) || (resampling !== 'average' && type === 'float32');
        if (isExact) expect(gdal.samples, what).toBe(0);
        else if (resampling !== 'mode') expect(gdal.relative, what).toBeLessThan(1e-3);
      }
    }
    expect(byGdal).toBeGreaterThan(90);
  });

  it('leave out what alpha hides', () => {
    const block = {
      ...{ x: 0, y: 0, width: 4, height: 2, type: 'uint8' as const },
      bands: [Uint8Array.of(10, 20, 7, 7, 30, 41, 7, 7), Uint8Array.of(0, 255, 0, 0, 255, 0, 0, 0)],
      valid: [undefined, undefined],
    };
    const layout = { resampling: 'average' as const, nodata: null, alpha: true };
    expect(halveBlock(block, layout).bands).toEqual([Uint8Array.of(25, 0), Uint8Array.of(255, 0)]);
  });
});
