import { grayChannels, grayFilter, toGray } from '../colour/grayscale.ts';
import { toDeepGray } from '../deep/deep-gray.ts';
import { deepChannelOf } from '../deep/deep-histogram.ts';
import { MOST } from '../deep/deep-raster.ts';
import { mapDeepLevels } from '../deep/deep-table.ts';
import { levelFilter, tableOf } from '../level-table.ts';
import { chained, runPointFilter } from '../point-filter.ts';
import { channelOf } from './histogram.ts';
import { histogramOperation } from './histogram-operation.ts';
import { otsuThreshold } from './otsu-threshold.ts';

/** White above Otsu's threshold of the luma and black elsewhere, as OpenCV's `threshold` with THRESH_OTSU; alpha stays. */
export const otsu = histogramOperation({
  op: 'otsu',
  channels: grayChannels,
  counted: (input) => toGray(input),
  apply(input, histogram, { type }) {
    const threshold = otsuThreshold(channelOf(histogram, 0));
    const above = type === 'binary' ? 255 : 0;
    const table = tableOf((level) => (level > threshold ? above : 255 - above));
    const filter = levelFilter(grayChannels(input.channels), table, table, table);
    return runPointFilter(input, input.channels < 3 ? filter : chained(grayFilter(input.channels), filter));
  },
  deep: {
    counted: (input) => toDeepGray(input),
    apply(input, histogram, { type }) {
      const threshold = otsuThreshold(deepChannelOf(histogram, 0));
      const above = type === 'binary' ? MOST : 0;
      return mapDeepLevels(toDeepGray(input), (level) => (level > threshold ? above : MOST - above));
    },
  },
});
