import type { Region, Size } from '@tessera/contracts';
import { createRaster, type Raster, type Window } from '../../raster.ts';

/** The region of the picture that becomes `region` when it is turned clockwise by so many quarters. */
export function quarterNeeds({ x, y, width, height }: Region, picture: Size, quarters: number): Region {
  switch (quarters) {
    case 1:
      return { x: y, y: picture.height - x - width, width: height, height: width };
    case 2:
      return { x: picture.width - x - width, y: picture.height - y - height, width, height };
    case 3:
      return { x: picture.width - y - height, y: x, width: height, height: width };
    default:
      return { x, y, width, height };
  }
}

/** Computes a region of the turned picture. */
export function quarterRegion(input: Window, region: Region, picture: Size, quarters: number): Raster {
  const { raster } = input;
  const { channels, data } = raster;
  const from = quarterNeeds(region, picture, quarters);
  const output = createRaster(region.width, region.height, channels);
  const [left, top] = [from.x - input.x, from.y - input.y];
  const [right, bottom] = [left + from.width - 1, top + from.height - 1];
  const at = (x: number, y: number): number => (y * raster.width + x) * channels;
  // Where the first pixel is found, and how far the one to the right and the one below are from there.
  const [across, down] = [channels, raster.width * channels];
  const [first, right1, below] = [
    [at(left, top), across, down],
    [at(left, bottom), -down, across],
    [at(right, bottom), -across, -down],
    [at(right, top), down, -across],
  ][quarters]! as [number, number, number];
  let to = 0;
  for (let row = 0; row < region.height; row++) {
    let source = first + row * below;
    for (let column = 0; column < region.width; column++, source += right1) {
      for (let channel = 0; channel < channels; channel++) output.data[to++] = data[source + channel]!;
    }
  }
  return output;
}
