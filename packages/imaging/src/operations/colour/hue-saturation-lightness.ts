import type { OperationParams } from '@tessera/contracts';
import type { PointOperation } from '../../operation.ts';
import type { Raster } from '../../raster.ts';
import { turnDeepHues } from '../deep/deep-hues.ts';
import { pointInBoth } from '../deep/in-both-depths.ts';
import { IDENTITY, mapLevels } from '../level-table.ts';
import { runPointFilter, type PointFilter } from '../point-filter.ts';

type Params = OperationParams<'hue-saturation-lightness'>;

const shallow: PointOperation<'hue-saturation-lightness'> = {
  op: 'hue-saturation-lightness',
  kind: 'point',
  channels: (input) => input,
  apply,
};

/**
 * Colours by hue, saturation and lightness (A. R. Smith, Color gamut transform pairs, 1978, as CSS Color 4 defines HSL):
 * hues are turned, saturation is multiplied, lightness moved towards black or white. Alpha stays.
 */
export const hueSaturationLightness = pointInBoth(shallow, { apply: turnDeepHues });

function apply(input: Raster, params: Params): Raster {
  const changes = changesOf(params);
  if (input.channels > 2) return runPointFilter(input, hueFilter(input.channels, changes));
  return mapLevels(
    input,
    Uint8Array.from(IDENTITY, (level) => rounded(lightnessOf(2 * level, changes))),
  );
}

/** What is done to colours, in numbers of 32 bits. */
interface Changes {
  /** Sixths of the circle, and 6 so that hues stay above zero. */
  readonly turn: number;
  readonly stronger: number;
  readonly kept: number;
  readonly added: number;
}

const { fround } = Math;

/** The changes that parameters tell. */
export function changesOf({ hue, saturation, lightness }: Params): Changes {
  return {
    turn: fround(hue / 60 + 6),
    stronger: fround(1 + saturation / 100),
    kept: fround(1 - Math.abs(lightness) / 100),
    added: fround(Math.max(0, lightness) / 100),
  };
}

/** The filter for rasters of 3 or 4 channels. Every step is rounded to 32 bits, so that vectors give the same. */
export function hueFilter(channels: number, changes: Changes): PointFilter {
  const { turn, stronger, kept, added } = changes;
  return {
    channels,
    scalar: (source, target) => {
      for (let at = 0; at < source.length; at += channels) {
        changePixel(source, target, at, changes);
        if (channels === 4) target[at + 3] = source[at + 3]!;
      }
    },
    vector: ({ hueSaturationLightness: run }, source, target, pixels) => {
      run(source, target, pixels, channels, turn, stronger, kept, added);
    },
  };
}

function changePixel(source: Uint8Array, target: Uint8Array, at: number, changes: Changes): void {
  const [red, green, blue] = [source[at]!, source[at + 1]!, source[at + 2]!];
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  const sum = most + least;
  const chroma = most - least;
  const lightness = lightnessOf(sum, changes);
  const range = Math.max(1, Math.min(sum, 510 - sum));
  const saturation = Math.min(1, fround(fround(changes.stronger * chroma) / range));
  const reach = fround(saturation * Math.min(lightness, fround(1 - lightness)));
  const [sixths, difference] = most === red ? [0, green - blue] : most === green ? [2, blue - red] : [4, red - green];
  const sextant = fround(fround(changes.turn + sixths) + fround(difference / Math.max(1, chroma)));
  const level = (place: number): number => rounded(fround(lightness - fround(reach * away(place))));
  target[at] = level(sextant);
  target[at + 1] = level(fround(sextant + 4));
  target[at + 2] = level(fround(sextant + 2));
}

/** The lightness of a colour, changed, 0 to 1. @param sum of its largest and its least level. */
function lightnessOf(sum: number, { kept, added }: Changes): number {
  return fround(fround(kept * fround(sum * fround(1 / 510))) + added);
}

/** A share as a level. */
function rounded(share: number): number {
  return Math.floor(fround(fround(255 * share) + 0.5));
}

/** How far a colour is from its brightest, −1 to 1, by the sixth of the circle (0 or more) that is counted from it. */
function away(sextant: number): number {
  const rounds = Math.floor(fround(sextant * fround(1 / 6)));
  const distance = Math.abs(fround(fround(sextant - 6 * rounds) - 3));
  return Math.max(-1, Math.min(1, fround(3 - fround(distance + distance))));
}
