import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** A registry of its own for each component, so that two may live in one process. Names: `tessera_<thing>_<unit>`. */
export interface Metrics {
  readonly registry: Registry;
  counter<Label extends string>(name: string, help: string, labels?: readonly Label[]): Counter<Label>;
  gauge<Label extends string>(name: string, help: string, labels?: readonly Label[]): Gauge<Label>;
  histogram<Label extends string>(
    name: string,
    help: string,
    buckets: readonly number[],
    labels?: readonly Label[],
  ): Histogram<Label>;
}

/** Creates a registry; with `process: true` it also holds the process's own figures. */
export function createMetrics(options: { readonly process?: boolean } = {}): Metrics {
  const registry = new Registry();
  if (options.process === true) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    counter: (name, help, labels = []) => new Counter({ name, help, labelNames: [...labels], registers }),
    gauge: (name, help, labels = []) => new Gauge({ name, help, labelNames: [...labels], registers }),
    histogram: (name, help, buckets, labels = []) =>
      new Histogram({ name, help, buckets: [...buckets], labelNames: [...labels], registers }),
  };
}

/** Gauges that are filled together, once for each time that figures are collected, by `collect`. */
export function collectTogether(gauges: readonly Gauge[], collect: () => Promise<void>): void {
  let running: Promise<void> | undefined;
  const shared = (): Promise<void> =>
    (running ??= collect().finally(() => {
      running = undefined;
    }));
  for (const gauge of gauges) Object.assign(gauge, { collect: shared });
}
