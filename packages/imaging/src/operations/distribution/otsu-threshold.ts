import { totalOf, type Histogram } from './histogram.ts';

/** What a share of all pixels has to exceed to count: the least difference of 32-bit numbers around 1, as in OpenCV. */
const LEAST = 2 ** -23;

/**
 * The level that parts the pixels of a histogram of one channel best (N. Otsu, 1979): of all levels the first for which
 * the means of those up to it and of those above it lie farthest apart, weighted by both shares. The steps are those of
 * OpenCV 4, so that ties end alike.
 */
export function otsuThreshold(histogram: Histogram): number {
  const scale = 1 / totalOf(histogram);
  let mean = 0;
  for (let level = 0; level < histogram.length; level++) mean += level * histogram[level]!;
  mean *= scale;
  let [below, meanBelow] = [0, 0];
  let [best, threshold] = [0, 0];
  for (let level = 0; level < histogram.length; level++) {
    const share = histogram[level]! * scale;
    meanBelow *= below;
    below += share;
    const above = 1 - below;
    if (Math.min(below, above) < LEAST || Math.max(below, above) > 1 - LEAST) continue;
    meanBelow = (meanBelow + level * share) / below;
    const meanAbove = (mean - below * meanBelow) / above;
    const variance = below * above * (meanBelow - meanAbove) * (meanBelow - meanAbove);
    if (variance > best) [best, threshold] = [variance, level];
  }
  return threshold;
}
