import {
  crop,
  grow,
  operationFor,
  recycle,
  settle,
  type OtherSource,
  type OtherWish,
  type Raster,
  type Window,
} from '@tessera/imaging';
import type { OperationName, OperationParams, Region, Size, Step } from '@tessera/contracts';

/** Rows of a band, as a split job has them. */
const ROWS = 512;
/** Looks at what it reaches only, where a picture is not split, as one of this size is not; in bands it follows all that crosses them. */
const UNSPLIT: ReadonlySet<OperationName> = new Set(['flood-fill']);
/** Width of a text, in heights. */
const LETTERS = 6;

interface Band {
  readonly region: Region;
  readonly input: Window;
}

function bandsOf({ width, height }: Size, most = ROWS): readonly Region[] {
  return Array.from({ length: Math.ceil(height / most) }, (_, n) => {
    return { x: 0, y: n * most, width, height: Math.min(most, height - n * most) };
  });
}

function windowsOf(raster: Raster, halo: number, most = ROWS): readonly Band[] {
  return bandsOf(raster, most).map((region) => {
    const needed = grow(region, halo, raster);
    return { region, input: { x: needed.x, y: needed.y, raster: crop({ x: 0, y: 0, raster }, needed) } };
  });
}

/**
 * A step done to a whole picture, band by band, from rasters to rasters, as an executor does it: what comes out is written into
 * memory that was used before, where the step makes it there.
 */
export interface OperationRun {
  /** Pixels of the result. */
  readonly pixels: number;
  /** Tells how often it walked over the pixels. */
  run(this: void): number;
}

/** What does a step to a picture. */
export function operationRun({ op, params: given }: Step, raster: Raster): OperationRun {
  const operation = operationFor(op);
  const params = given as OperationParams<OperationName>;
  const picture: Size = { width: raster.width, height: raster.height };
  const pixels = raster.width * raster.height;
  switch (operation.kind) {
    case 'point': {
      const bands = windowsOf(raster, 0);
      const run = (): number => {
        for (const { input } of bands) recycle(operation.apply(input.raster, params), input.raster);
        return 1;
      };
      return { pixels, run };
    }
    case 'neighbourhood': {
      const bands = windowsOf(raster, operation.halo(params));
      const run = (): number => {
        for (const { input, region } of bands) recycle(operation.apply(input, region, picture, params), input.raster);
        return 1;
      };
      return { pixels, run };
    }
    case 'global': {
      const grid = { width: picture.width, height: UNSPLIT.has(op) ? picture.height : ROWS };
      const bands = windowsOf(raster, operation.halo(params), grid.height);
      const run = (): number => {
        let looks = 1;
        const state = settle(operation, params, (before) => {
          looks++;
          const partials = bands.map(({ input, region }) => operation.observe(input, region, picture, params, before));
          return operation.merge(partials, grid, picture, params, before);
        });
        for (const [n, { input, region }] of bands.entries()) {
          recycle(operation.apply(input, region, n, state, picture, params), input.raster);
        }
        return looks;
      };
      return { pixels, run };
    }
    case 'geometry': {
      const size = operation.size(params, picture);
      const bands = bandsOf(size).map((region) => {
        const needed = operation.needs(params, region, picture);
        return { region, input: { x: needed.x, y: needed.y, raster: crop({ x: 0, y: 0, raster }, needed) } };
      });
      const run = (): number => {
        for (const { input, region } of bands) recycle(operation.apply(input, region, picture, params), input.raster);
        return 1;
      };
      return { pixels: size.width * size.height, run };
    }
    case 'combine': {
      const other = otherFor(operation.wish(params, picture), raster);
      const bands = windowsOf(raster, 0);
      const run = (): number => {
        for (const { input, region } of bands) {
          recycle(operation.apply(input.raster, other, region, picture, params), input.raster);
        }
        return 1;
      };
      return { pixels, run };
    }
  }
}

/** Another picture: as large as the first for an image, and for a text six times as wide as high, each pixel half covered. */
function otherFor(wish: OtherWish, raster: Raster): OtherSource {
  if (wish.kind === 'image') return sourceOf(raster);
  const { height } = wish.mark;
  const width = LETTERS * height;
  return sourceOf({ width, height, channels: 1, data: new Uint8Array(width * height).fill(128) });
}

function sourceOf(raster: Raster): OtherSource {
  const read = (region: Region): Window => ({
    x: region.x,
    y: region.y,
    raster: crop({ x: 0, y: 0, raster }, region),
  });
  return { size: { width: raster.width, height: raster.height }, read };
}
