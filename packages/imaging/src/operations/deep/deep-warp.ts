import type { Region, Size } from '@tessera/contracts';
import { hasAlpha } from '../../raster.ts';
import { warpRegion } from '../geometry/warp-region.ts';
import { PARTS, type PlaceOf, type Warp } from '../geometry/warp.ts';
import { createDeep, PER_LEVEL, type DeepRaster, type DeepWindow } from './deep-raster.ts';
import { bytesOfPixel, moveBytes } from './move-bytes.ts';

/** As for 8 bits, see `warpRegion`. Sums of levels times alpha times weights have 42 bits and are exact. */
export function warpDeepRegion(input: DeepWindow, region: Region, picture: Size, warp: Warp): DeepRaster {
  if (warp.interpolation === 'nearest') {
    const background = bytesOfPixel(warp.background);
    return moveBytes(input, (bytes) => warpRegion(bytes, region, picture, { ...warp, background }));
  }
  const { channels } = input.raster;
  const output = createDeep(region.width, region.height, channels);
  const around = aroundOf(
    input,
    picture,
    Uint16Array.from(warp.background, (level) => PER_LEVEL * level),
  );
  const mix = hasAlpha(channels) ? mixByAlpha : mixPlain;
  let to = 0;
  for (let y = region.y; y < region.y + region.height; y++) {
    for (let x = region.x; x < region.x + region.width; x++, to += channels) {
      around.look(warp.placeOf, x, y);
      mix(around.levels, around.weights, channels, output.data, to);
    }
  }
  return output;
}

/** The levels of the four pixels around a place, one after the other, and what each weighs of 1024. */
interface Around {
  readonly levels: Uint16Array;
  readonly weights: Int32Array;
  look(placeOf: PlaceOf, x: number, y: number): void;
}

function aroundOf({ x: left, y: top, raster }: DeepWindow, picture: Size, background: Uint16Array): Around {
  const { channels, data, width } = raster;
  const levels = new Uint16Array(4 * channels);
  const weights = new Int32Array(4);
  const at = { x: 0, y: 0 };
  const take = (corner: number, x: number, y: number): void => {
    const beside = x < 0 || y < 0 || x >= picture.width || y >= picture.height;
    // What weighs nothing may not be in the window.
    const from = beside || weights[corner] === 0 ? -1 : ((y - top) * width + x - left) * channels;
    for (let c = 0; c < channels; c++) levels[corner * channels + c] = from < 0 ? background[c]! : data[from + c]!;
  };
  return {
    levels,
    weights,
    look: (placeOf, x, y) => {
      placeOf(x, y, at);
      const [column, row] = [Math.floor(at.x / PARTS), Math.floor(at.y / PARTS)];
      const [across, down] = [at.x - column * PARTS, at.y - row * PARTS];
      weights[0] = (PARTS - across) * (PARTS - down);
      weights[1] = across * (PARTS - down);
      weights[2] = (PARTS - across) * down;
      weights[3] = across * down;
      take(0, column, row);
      take(1, column + 1, row);
      take(2, column, row + 1);
      take(3, column + 1, row + 1);
    },
  };
}

type Mix = (levels: Uint16Array, weights: Int32Array, channels: number, target: Uint16Array, to: number) => void;

const mixPlain: Mix = (levels, weights, channels, target, to) => {
  for (let c = 0; c < channels; c++) {
    let sum = 512;
    for (let n = 0; n < 4; n++) sum += weights[n]! * levels[n * channels + c]!;
    target[to + c] = sum >> 10;
  }
};

const mixByAlpha: Mix = (levels, weights, channels, target, to) => {
  const last = channels - 1;
  let opaque = 0;
  for (let n = 0; n < 4; n++) opaque += weights[n]! * levels[n * channels + last]!;
  target[to + last] = (opaque + 512) >> 10;
  for (let c = 0; c < last; c++) {
    let sum = 0;
    for (let n = 0; n < 4; n++) sum += weights[n]! * levels[n * channels + c]! * levels[n * channels + last]!;
    target[to + c] = opaque === 0 ? 0 : Math.floor((2 * sum + opaque) / (2 * opaque));
  }
};
