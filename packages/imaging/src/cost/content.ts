import type { Pipeline } from '@tessera/contracts';

/** What a result shows, as far as the size of its file and the time to write it depend on it. */
export type Content = 'colour' | 'gray' | 'levels' | 'edges';

export function contentOf(pipeline: Pipeline, channels: number): Content {
  if (pipeline.some(({ op }) => op === 'canny' || op === 'canny-otsu')) return 'edges';
  if (pipeline.some(({ op }) => op === 'threshold' || op === 'otsu')) return 'levels';
  return channels < 3 ? 'gray' : 'colour';
}
