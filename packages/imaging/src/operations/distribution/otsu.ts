import { recycle } from '../../spare-memory.ts';
import { grayChannels, toGray } from '../colour/grayscale.ts';
import { mapLevels, tableOf } from '../level-table.ts';
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
    const gray = toGray(input);
    const made = mapLevels(
      gray,
      tableOf((level) => (level > threshold ? above : 255 - above)),
    );
    recycle(gray, input, made);
    return made;
  },
});
