import { describe, expect, it } from 'vitest';
import type { RasterBlock } from '../raster/raster-block.ts';
import { computeIndex } from './compute-index.ts';
import { parseExpression } from './parse-expression.ts';
import { UNSCALED } from './scaling.ts';

const ndvi = parseExpression('(nir - red) / (nir + red)', ['nir', 'red']);
const bands = { nir: { band: 1, scaling: UNSCALED }, red: { band: 0, scaling: UNSCALED } };

function block(red: readonly number[], nir: readonly number[], valid: RasterBlock['valid'] = []): RasterBlock {
  const samples = [Int16Array.from(red), Int16Array.from(nir)];
  return { x: 7, y: 9, width: red.length, height: 1, type: 'int16', bands: samples, valid };
}

describe('computeIndex', () => {
  it('has a place and no mask where everything was measured', () => {
    const {
      bands: [results],
      ...rest
    } = computeIndex(block([1, 0], [3, 2]), { expression: ndvi, bands });
    expect(rest).toEqual({ x: 7, y: 9, width: 2, height: 1, type: 'float32', valid: [undefined] });
    expect(results).toEqual(Float32Array.of(0.5, 1));
  });

  it('has nodata for zero denominators and for what was not measured in any band', () => {
    const valid = [Uint8Array.of(1, 1, 0, 1, 1), Uint8Array.of(1, 1, 1, 0, 1)];
    const result = computeIndex(block([1, 0, 1, 1, -3], [3, 0, 3, 3, 3], valid), {
      expression: ndvi,
      bands,
      nodata: -9999,
    });
    expect(result.bands[0]).toEqual(Float32Array.of(0.5, -9999, -9999, -9999, -9999));
    expect(result.valid[0]).toEqual(Uint8Array.of(1, 0, 0, 0, 0));
  });

  it('is the same however a block is cut', () => {
    const red = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 997);
    const nir = Array.from({ length: 5000 }, (_, i) => (i * 104_729) % 1009);
    const whole = computeIndex(block(red, nir), { expression: ndvi, bands });
    for (const [from, to] of [
      [0, 1],
      [1, 1026],
      [1026, 4999],
    ] as const) {
      const part = computeIndex(block(red.slice(from, to), nir.slice(from, to)), { expression: ndvi, bands });
      const wanted = (whole.bands[0] as Float32Array).subarray(from, to);
      expect(Buffer.compare(new Uint8Array(part.bands[0]!.buffer), new Uint8Array(wanted.slice().buffer))).toBe(0);
    }
  });

  it('needs each band that the expression names', () => {
    expect(() => computeIndex(block([1], [2]), { expression: ndvi, bands: { nir: bands.nir } })).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
  });
});
