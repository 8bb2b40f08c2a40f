import { crop, grow, operationFor, settle, type Raster, type Window } from '@tessera/imaging';
import type { OperationName, OperationParams, Region, Size, Step } from '@tessera/contracts';

/** Rows of a band, as a split job has them. */
const ROWS = 512;

interface Band {
  readonly region: Region;
  readonly input: Window;
}

function bandsOf(raster: Raster, halo: number): readonly Band[] {
  return Array.from({ length: Math.ceil(raster.height / ROWS) }, (_, n) => {
    const y = n * ROWS;
    const region = { x: 0, y, width: raster.width, height: Math.min(ROWS, raster.height - y) };
    const needed = grow(region, halo, raster);
    return { region, input: { x: needed.x, y: needed.y, raster: crop({ x: 0, y: 0, raster }, needed) } };
  });
}

/**
 * Something that does a step to a whole picture, band by band, and tells how often it walked over the pixels; undefined for
 * steps whose result has another size or that read another picture.
 */
export function operationRun({ op, params: given }: Step, raster: Raster): (() => number) | undefined {
  const operation = operationFor(op);
  const params = given as OperationParams<OperationName>;
  const picture: Size = { width: raster.width, height: raster.height };
  switch (operation.kind) {
    case 'point': {
      const bands = bandsOf(raster, 0);
      return () => {
        for (const { input } of bands) operation.apply(input.raster, params);
        return 1;
      };
    }
    case 'neighbourhood': {
      const bands = bandsOf(raster, operation.halo(params));
      return () => {
        for (const { input, region } of bands) operation.apply(input, region, picture, params);
        return 1;
      };
    }
    case 'global': {
      const bands = bandsOf(raster, operation.halo(params));
      const grid = { width: picture.width, height: ROWS };
      return () => {
        let looks = 1;
        const state = settle(operation, params, (before) => {
          looks++;
          const partials = bands.map(({ input, region }) => operation.observe(input, region, picture, params, before));
          return operation.merge(partials, grid, picture, params, before);
        });
        for (const [n, { input, region }] of bands.entries()) {
          operation.apply(input, region, n, state, picture, params);
        }
        return looks;
      };
    }
  }
}
