import type { Metrics } from '@tessera/runtime';

/** A gauge whose value is asked for when figures are collected. */
export function gaugeOf(metrics: Metrics, name: string, help: string, value: () => number): void {
  const gauge = metrics.gauge(name, help);
  Object.assign(gauge, { collect: () => gauge.set(value()) });
}
