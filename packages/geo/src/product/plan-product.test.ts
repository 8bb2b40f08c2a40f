import type { RasterCompute } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { planProduct } from './plan-product.ts';

const COMPOSITE: RasterCompute = {
  kind: 'composite',
  bands: [0, 1, 2],
  composite: { rule: { kind: 'median-luminance', mode: 'exact' }, nodata: 0 },
};

/** Windows of the median of some scenes. */
function windows(width: number, height: number, sources: number): number | undefined {
  const { stages } = planProduct({
    compute: COMPOSITE,
    target: {
      ...{ type: 'uint8', bands: [{ name: null }, { name: null }, { name: null }], nodata: 0, epsg: null },
      ...{ transform: null, origin: { x: 0, y: 0 } },
    },
    ...{ size: { width, height }, sources, compression: 'deflate', overviews: 'average', kernel: 'k' },
  });
  return stages[0]?.tasks;
}

describe('the plan of a product', () => {
  it('gives several slots something to do, each at least a row of tiles', () => {
    expect(windows(1000, 1000, 32)).toBe(1);
    expect(windows(1024, 1024, 32)).toBe(2);
    expect(windows(1024, 1024, 216)).toBe(2);
    expect(windows(2048, 2048, 12)).toBe(4);
  });

  it('keeps windows as large as memory allows for', () => {
    expect(windows(10_980, 10_980, 12)).toBe(33);
    expect(windows(10_980, 10_980, 216)).toBeGreaterThan(200);
  });
});
