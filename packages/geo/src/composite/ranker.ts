import type { CountedSamples } from './sample-limits.ts';
import type { SampleStack } from './sample-stack.ts';

/** Finds the samples of wanted ranks in a stack. Where no sample counts the answer is `nodata`. */
export interface Ranker {
  /** Writes the triplet of the wanted luminance of each pixel into `target`, and how many samples it was chosen from. */
  triplets(
    stack: SampleStack,
    ranks: Uint16Array,
    mode: 'exact' | 'course',
    target: readonly CountedSamples[],
    counts: Uint16Array,
  ): void;
  /** Writes the sample of the wanted rank of each pixel of one band into `target`, and how many there were. */
  band(stack: SampleStack, band: number, ranks: Uint16Array, target: CountedSamples, counts: Uint16Array): void;
}
