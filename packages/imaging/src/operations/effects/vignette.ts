import type { OperationParams, Region, Size } from '@tessera/contracts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { createRaster, hasAlpha, type Raster, type Window } from '../../raster.ts';

/**
 * Levels times `1 − amount s²(3 − 2s)`, where s goes from 0 at the radius to 1 in the corners of the picture: how dark a
 * pixel becomes depends on its place in the whole. Alpha stays.
 */
export const vignette: NeighbourhoodOperation<'vignette'> = {
  op: 'vignette',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: () => 0,
  apply,
};

function apply(input: Window, region: Region, picture: Size, params: OperationParams<'vignette'>): Raster {
  const { channels } = input.raster;
  const output = createRaster(region.width, region.height, channels);
  const colours = hasAlpha(channels) ? channels - 1 : channels;
  const light = lightOf(picture, params);
  let to = 0;
  for (let y = region.y; y < region.y + region.height; y++) {
    let from = ((y - input.y) * input.raster.width + region.x - input.x) * channels;
    for (let x = region.x; x < region.x + region.width; x++) {
      const share = light(x, y);
      for (let channel = 0; channel < channels; channel++, from++, to++) {
        const level = input.raster.data[from]!;
        output.data[to] = channel < colours ? level * share + 0.5 : level;
      }
    }
  }
  return output;
}

/** The share of light that is left at a pixel. */
function lightOf(picture: Size, params: OperationParams<'vignette'>): (x: number, y: number) => number {
  const [middleX, middleY] = [(picture.width - 1) / 2, (picture.height - 1) / 2];
  // A picture of one pixel has no corners.
  const corner = Math.max(0.5, Math.sqrt(middleX * middleX + middleY * middleY));
  const [begins, missing] = [params.radius / 100, params.amount / 100];
  return (x, y) => {
    const [across, down] = [x - middleX, y - middleY];
    const away = (Math.sqrt(across * across + down * down) / corner - begins) / (1 - begins);
    const s = Math.min(1, Math.max(0, away));
    return 1 - missing * s * s * (3 - 2 * s);
  };
}
