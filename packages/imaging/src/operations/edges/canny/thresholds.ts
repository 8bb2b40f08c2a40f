import type { OperationParams } from '@tessera/contracts';

/** Limits in the unit of the measured magnitude: an edge is weak above `low`, strong above `high`. */
export interface Thresholds {
  readonly low: number;
  readonly high: number;
}

/**
 * Integer limits as OpenCV derives them: with aperture 7 gradients are measured in 1/16, with `l2` magnitudes are
 * compared by their squares (limits above 32767 count as 32767), limits in the wrong order are exchanged.
 */
export function thresholdsOf({ low, high, aperture, l2 }: OperationParams<'canny'>): Thresholds {
  const scale = aperture === 7 ? 16 : 1;
  const limits = [Math.min(low, high) / scale, Math.max(low, high) / scale].map((limit) => {
    const capped = Math.min(limit, 32767);
    return Math.floor(l2 ? capped * capped : limit);
  });
  return { low: limits[0]!, high: limits[1]! };
}
