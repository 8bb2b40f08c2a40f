import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPredictor } from '../cog/apply-predictor.ts';
import { placeBlock } from '../raster/place-block.ts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import { undoDifferences, undoFloatDifferences } from '../tiff/decode/predictor.ts';
import { undoByVectors } from '../tiff/decode/undo-by-vectors.ts';
import { viewSamples } from '../tiff/decode/view-samples.ts';
import { workbench } from './workbench.ts';

const TYPES = { 8: 'uint8', 16: 'int16', 32: 'int32' } as const;

/** A tile of random bytes: its bits per sample, size and samples of a pixel. */
const tiles = fc
  .record({
    bits: fc.constantFrom<8 | 16 | 32>(8, 16, 32),
    width: fc.integer({ min: 1, max: 70 }),
    rows: fc.integer({ min: 1, max: 5 }),
    stride: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 16 })),
    seed: fc.integer(),
  })
  .map(({ seed, ...tile }) => {
    const rowBytes = (tile.width * tile.stride * tile.bits) / 8;
    let state = seed;
    const bytes = Uint8Array.from({ length: rowBytes * tile.rows }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      return state >>> 24;
    });
    return { ...tile, rowBytes, bytes };
  });

describe('vectors', () => {
  const bench = workbench();
  if (bench === null) throw new Error('this machine has no vectors');

  it('undo predictors as they are undone one by one', () => {
    fc.assert(
      fc.property(tiles, fc.boolean(), ({ bits, stride, rowBytes, bytes }, float) => {
        const predictor = float && bits === 32 ? 3 : 2;
        const wanted = predictor === 3 ? undoFloatDifferences(bytes, bits, stride, rowBytes) : bytes.slice();
        if (predictor === 2) undoDifferences(wanted, bits, stride, rowBytes);
        const areas = undoByVectors({ predictor, bits }, { stride, rowBytes }, bytes, bench);
        expect(areas && Buffer.from(areas.buffer, areas.first, bytes.length).equals(wanted)).toBe(true);
      }),
    );
  });

  it('apply predictors as they are applied one by one', () => {
    fc.assert(
      fc.property(tiles, fc.boolean(), ({ bits, width, stride, bytes }, float) => {
        const predictor = float && bits === 32 ? 3 : 2;
        const samples = () => viewSamples(bytes.slice(), TYPES[bits]);
        const wanted = applyPredictor(predictor, samples(), width, stride, null);
        const made = applyPredictor(predictor, samples(), width, stride, bench);
        expect(made.buffer === bench.areas(1, 1)?.buffer).toBe(true);
        expect(Buffer.from(made).equals(wanted)).toBe(true);
      }),
    );
  });

  it('place bands as they are placed one by one', () => {
    const rectangles = fc.record({
      ...{ x: fc.nat(40), y: fc.nat(6) },
      ...{ width: fc.integer({ min: 1, max: 90 }), height: fc.integer({ min: 1, max: 8 }) },
    });
    fc.assert(
      fc.property(tiles, rectangles, fc.nat(15), ({ bits, width, rows, stride, rowBytes, bytes }, rectangle, band) => {
        const type = TYPES[bits];
        const sample = band % stride;
        const block = { x: 20, y: 3, width, height: rows, stride };
        const place = (tile: Pick<Parameters<typeof placeBlock>[1], 'samples' | 'areas'>) => {
          const target = SAMPLE_TYPES[type].samples(rectangle.width * rectangle.height);
          placeBlock(rectangle, { ...block, ...tile }, sample, 0, target);
          return Buffer.from(target.buffer);
        };
        const areas = undoByVectors({ predictor: 1, bits }, { stride, rowBytes }, bytes, bench);
        if (areas === undefined) return;
        const there = new Uint8Array(areas.buffer, areas.first, bytes.length);
        const made = place({ samples: viewSamples(there, type), areas });
        expect(made.equals(place({ samples: viewSamples(bytes, type) }))).toBe(true);
      }),
    );
  });

  it('leave alone what is too large or has too many samples', () => {
    expect(bench.areas(2 ** 20, 17)).toBeUndefined();
    expect(bench.areas(2 ** 28, 1)).toBeUndefined();
  });
});
