import type { Cells, Grid, Output, Size, Step } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { regionsThrough, sizeAfter } from '../pass/walk.ts';
import { gridCount, gridRegion } from '../region.ts';
import { cut, uncut } from './cut.ts';
import { areaOf } from './way.ts';

/** Shortest side of the squares that a step which reads from afar is made in. */
const LEAST_SIDE = 16;
/** Most squares. */
const MOST_SQUARES = 40_000;

/** How pictures of all sizes on the way to a result are cut. */
export interface Cutting {
  /** How the result is cut. */
  readonly result: Grid;
  gridFor(picture: Size): Grid;
  /** How a result of that size is cut. */
  resultGrid(size: Size): Grid;
  /** The same for a level of a pyramid: in regions as large as those of the result, so that there are fewer. */
  levelGrid(level: Size): Grid;
  /** Whether no cell makes a task hold more than it may, where `steps` make the picture of one of size `from`. */
  fits(steps: readonly Step[], from: Size, cells: Cells): boolean;
  /**
   * Squares that fit, for steps that read too much for a whole band: a band of a turned picture crosses all of it.
   *
   * @throws AppError OUTPUT_TOO_LARGE if there are none.
   */
  squares(steps: readonly Step[], from: Size): Cells;
}

/** Everything in one piece, whatever it holds. */
export const UNCUT: Omit<Cutting, 'result'> = {
  gridFor: ({ width, height }) => ({ width, height }),
  resultGrid: ({ width, height }) => ({ width, height }),
  levelGrid: ({ width, height }) => ({ width, height }),
  fits: () => true,
  squares: (steps, from) => {
    const picture = sizeAfter(steps, from);
    return { picture, grid: picture };
  },
};

interface Measure {
  /** Pixels that a region should hold of a picture of `outOf` pixels, and as large a part of others. */
  readonly regionPixels: number;
  readonly outOf: number;
  /** Most pixels that a task may hold at one step. */
  readonly heldPixels: number;
}

/**
 * Cuts all pictures in the same measure.
 *
 * @param whole the result's format can not be cut, the pictures on the way can.
 */
export function cutAll(output: Output, { regionPixels, outOf, heldPixels }: Measure, whole = false): Cutting {
  const wantedOf = (picture: Size): number => Math.max(1, regionPixels * (areaOf(picture) / outOf));
  const cutOf = (picture: Size): Grid =>
    cut({ ...output, width: picture.width, height: picture.height }, wantedOf(picture));
  const result = whole ? uncut(output) : cutOf(output);
  const isResult = ({ width, height }: Size): boolean => width === output.width && height === output.height;
  const fits: Cutting['fits'] = (steps, from, { picture, grid }) => {
    for (let index = 0; index < gridCount(grid, picture); index++) {
      const regions = regionsThrough(steps, gridRegion(grid, picture, index), from);
      if (regions.some((region) => areaOf(region) > heldPixels)) return false;
    }
    return true;
  };
  return {
    result,
    gridFor: (picture) => (isResult(picture) ? result : cutOf(picture)),
    resultGrid: (size) => (whole ? { width: size.width, height: size.height } : cutOf(size)),
    levelGrid: (level) => {
      const size = { width: level.width, height: level.height };
      return areaOf(level) <= regionPixels ? size : cut({ ...output, ...size }, regionPixels);
    },
    fits,
    squares: (steps, from) => {
      const picture = sizeAfter(steps, from);
      const wanted = Math.sqrt(wantedOf(picture));
      for (let side = 2 ** Math.floor(Math.log2(Math.max(LEAST_SIDE, wanted))); side >= LEAST_SIDE; side /= 2) {
        const cells = { picture, grid: { width: side, height: side } };
        if (gridCount(cells.grid, picture) > MOST_SQUARES) break;
        if (fits(steps, from, cells)) return cells;
      }
      throw new AppError('OUTPUT_TOO_LARGE', {
        message: 'One machine would have to hold too much of the image for a small part of the result.',
      });
    },
  };
}
