import type { OperationParams } from '@tessera/contracts';
import type { PointOperation } from '../../operation.ts';
import { grayChannels, grayFilter } from '../colour/grayscale.ts';
import { toDeepGray } from '../deep/deep-gray.ts';
import { MOST, PER_LEVEL } from '../deep/deep-raster.ts';
import { mapDeepLevels } from '../deep/deep-table.ts';
import { pointInBoth } from '../deep/in-both-depths.ts';
import { levelFilter, tableOf } from '../level-table.ts';
import { chained, runPointFilter, type PointFilter } from '../point-filter.ts';

type Kind = OperationParams<'threshold'>['type'];

const shallow: PointOperation<'threshold'> = {
  op: 'threshold',
  kind: 'point',
  channels: grayChannels,
  apply: (input, { value, type }) => {
    const filter = kindFilter(grayChannels(input.channels), type, value);
    return runPointFilter(input, input.channels < 3 ? filter : chained(grayFilter(input.channels), filter));
  },
};

function kindFilter(channels: number, type: Kind, value: number): PointFilter {
  if (type === 'binary') return thresholdFilter(channels, value);
  // Levels are integers, so `level > value` is the same as `level > ⌊value⌋`, which is what OpenCV compares.
  const limit = Math.floor(value);
  const table = tableOf((level) => KINDS[type](level, limit, 255));
  return levelFilter(channels, table, table, table);
}

/** Levels of the luma above and not above the value, as OpenCV's `threshold` with 255, or 65535; alpha stays. */
export const threshold = pointInBoth(shallow, {
  apply: (input, { value, type }) => {
    const limit = Math.floor(PER_LEVEL * value);
    return mapDeepLevels(toDeepGray(input), (level) => KINDS[type](level, limit, MOST));
  },
});

const KINDS: Readonly<Record<Kind, (level: number, limit: number, most: number) => number>> = {
  binary: (level, limit, most) => (level > limit ? most : 0),
  'binary-inverse': (level, limit, most) => (level > limit ? 0 : most),
  truncate: (level, limit) => Math.min(level, limit),
  'to-zero': (level, limit) => (level > limit ? level : 0),
  'to-zero-inverse': (level, limit) => (level > limit ? 0 : level),
};

/** White above the value and black elsewhere, for rasters of 1 or 2 channels. */
export function thresholdFilter(channels: number, value: number): PointFilter {
  const limit = Math.floor(value);
  return {
    channels,
    inPlace: true,
    scalar: (source, target) => {
      for (let at = 0; at < source.length; at += channels) {
        target[at] = source[at]! > limit ? 255 : 0;
        if (channels === 2) target[at + 1] = source[at + 1]!;
      }
    },
    vector: (functions, source, target, pixels) => {
      functions.threshold(source, target, pixels, channels, limit);
    },
  };
}
