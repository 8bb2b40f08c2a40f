import type { HistogramDto } from '@tessera/contracts';

type Channel = HistogramDto['channels'][number];

/** What the counts of a channel come to. Levels are 0–255, shares 0–1. */
export interface ChannelFacts {
  readonly name: Channel['name'];
  readonly mean: number;
  /** The level that half of the pixels do not exceed. */
  readonly median: number;
  readonly darkest: number;
  readonly brightest: number;
  /** Pixels that are quite black, and quite white. */
  readonly black: number;
  readonly white: number;
}

export function channelFacts({ name, counts }: Channel): ChannelFacts {
  const pixels = counts.reduce((sum, count) => sum + count, 0);
  const weighted = counts.reduce((sum, count, level) => sum + count * level, 0);
  let seen = 0;
  const median = counts.findIndex((count) => (seen += count) * 2 >= pixels);
  return {
    name,
    mean: pixels === 0 ? 0 : weighted / pixels,
    median: Math.max(0, median),
    darkest: Math.max(
      0,
      counts.findIndex((count) => count > 0),
    ),
    brightest: Math.max(
      0,
      counts.findLastIndex((count) => count > 0),
    ),
    black: pixels === 0 ? 0 : (counts[0] ?? 0) / pixels,
    white: pixels === 0 ? 0 : (counts[255] ?? 0) / pixels,
  };
}
