import type { CompositeRule } from '@tessera/contracts';

/** For each number of samples from 0 to `scenes`: which of them, in ascending order and counted from 0, a rule takes. */
export function rankTable(rule: CompositeRule, scenes: number): Uint16Array<ArrayBuffer> {
  if (rule.kind === 'median-luminance') return Uint16Array.from({ length: scenes + 1 }, (_, count) => count >> 1);
  // numpy's arithmetic of its method `higher`.
  const share = rule.kind === 'percentile' ? rule.p / 100 : 0.5;
  return Uint16Array.from({ length: scenes + 1 }, (_, count) => Math.ceil(Math.max(0, count - 1) * share));
}
