import type { Samples } from '../raster/sample-type.ts';
import type { AccumulatorRequest, CompositeAccumulator } from './composite-accumulator.ts';
import { countedBands, type CountedBand } from './counted-samples.ts';
import { sampleLimits } from './sample-limits.ts';

/** Rules whose state does not grow with the number of scenes. */
export type RunningRule = 'mean' | 'max' | 'min' | 'count' | 'clear-count';

/** How a sample changes what is kept of those before it; `count` is their number without it. */
const STEPS: Readonly<Record<RunningRule, (kept: number, sample: number, count: number) => number>> = {
  // Sums of 65535 samples of 16 bits fit in 32.
  mean: (kept, sample) => kept + sample,
  max: (kept, sample) => Math.max(kept, sample),
  min: (kept, sample, count) => (count === 0 ? sample : Math.min(kept, sample)),
  count: (kept) => kept,
  'clear-count': (kept) => kept,
};

/** Composites that keep one number and a count for each pixel, however many scenes there are. */
export function createRunningAccumulator(request: AccumulatorRequest, rule: RunningRule): CompositeAccumulator {
  const { composite, region, type, bands } = request;
  const { nodata, saturation } = sampleLimits(composite, type);
  const read = countedBands(request);
  const pixels = region.width * region.height;
  const kept = Array.from({ length: bands }, () => new Uint32Array(pixels));
  const counts = Array.from({ length: bands }, () => new Uint16Array(pixels));
  const step = STEPS[rule];

  const take = ({ samples, usable }: CountedBand, values: Uint32Array, numbers: Uint16Array): void => {
    for (let at = 0; at < pixels; at++) {
      const sample = samples[at]!;
      if (sample === nodata || sample === saturation) continue;
      if (usable?.[at] === 0) continue;
      values[at] = step(values[at]!, sample, numbers[at]!);
      numbers[at]!++;
    }
  };

  const draw = (values: Uint32Array, numbers: Uint16Array): Samples => {
    if (rule === 'mean') return Float32Array.from(values, (sum, at) => (numbers[at] ? sum / numbers[at] : nodata));
    const samples = type === 'uint8' ? new Uint8Array(pixels) : new Uint16Array(pixels);
    for (let at = 0; at < pixels; at++) samples[at] = numbers[at] ? values[at]! : nodata;
    return samples;
  };

  return {
    region,
    add(scene) {
      read(scene).forEach((band, index) => {
        take(band, kept[index]!, counts[index]!);
      });
    },
    finish() {
      if (rule === 'count' || rule === 'clear-count')
        return { ...region, type: 'uint16', bands: counts, valid: counts.map(() => undefined) };
      return {
        ...region,
        type: rule === 'mean' ? 'float32' : type,
        bands: kept.map((values, band) => draw(values, counts[band]!)),
        valid: counts.map((numbers) => validity(numbers)),
      };
    },
  };
}

/** 1 where there were samples; `undefined` where there were some everywhere. */
export function validity(counts: Uint16Array): Uint8Array<ArrayBuffer> | undefined {
  return counts.includes(0) ? Uint8Array.from(counts, (count) => (count === 0 ? 0 : 1)) : undefined;
}
