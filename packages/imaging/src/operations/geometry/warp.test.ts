import type { Region, Size } from '@tessera/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Raster } from '../../raster.ts';
import { wholeOf } from '../../region.ts';
import { loadKernels } from '../../simd/kernels.ts';
import { PARAMS } from '../params.fixture.ts';
import { noise, pictures } from '../picture.fixture.ts';
import { cut } from '../run-on-grid.fixture.ts';
import { affine, warpOf as affineWarp } from './affine.ts';
import { perspective, warpOf as perspectiveWarp } from './perspective.ts';
import { rotate, warpOf as rotateWarp } from './rotate.ts';
import { warpVector } from './warp-vectors.ts';
import { warpScalar, type Warp } from './warp.ts';

/** What one of the operations does to a picture. */
interface Case {
  readonly size: Size;
  readonly needs: (region: Region) => Region;
  readonly warp: Warp;
}
type CasesOf = (picture: Raster) => fc.Arbitrary<Case>;

const CASES: Readonly<Record<string, CasesOf>> = {
  affine: (picture) =>
    PARAMS.affine.map((params) => ({
      size: picture,
      needs: (region) => affine.needs(params, region, picture),
      warp: affineWarp(params, picture.channels),
    })),
  rotate: (picture) =>
    PARAMS.rotate.map((params) => ({
      size: rotate.size(params, picture),
      needs: (region) => rotate.needs(params, region, picture),
      warp: rotateWarp(params, picture, picture.channels),
    })),
  perspective: (picture) =>
    PARAMS.perspective.map((params) => ({
      size: picture,
      needs: (region) => perspective.needs(params, region, picture),
      warp: perspectiveWarp(params, picture, picture.channels),
    })),
};

/** Wider than a tile, opaque in its upper half, as much else is. */
const large = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat()).map(([channels, seed]) => {
  const picture = noise(290, 150, channels, seed, 256);
  const half = picture.data.length / 2;
  picture.data.forEach((_, at) => {
    if (channels % 2 === 0 && at % channels === channels - 1 && at < half) picture.data[at] = 255;
  });
  return picture;
});

it.each(Object.entries(CASES))('%s gives the same bytes in vectors as in plain arithmetic', (_, casesOf) => {
  const cases = (made: fc.Arbitrary<Raster>): fc.Arbitrary<[Raster, Case]> =>
    made.chain((picture) => fc.tuple(fc.constant(picture), casesOf(picture)));
  const isEqual = ([picture, { size, needs, warp }]: [Raster, Case]): void => {
    const region = wholeOf(size);
    const input = cut(picture, needs(region));
    expect(warpVector(input, region, picture, warp, loadKernels()!)).toEqual(warpScalar(input, region, picture, warp));
  };
  fc.assert(fc.property(cases(pictures(80)), isEqual), { numRuns: 100 });
  fc.assert(fc.property(cases(large), isEqual), { numRuns: 8 });
});
