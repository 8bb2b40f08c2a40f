import { readFileSync } from 'node:fs';
import type { Metrics } from '@tessera/runtime';

export interface Build {
  readonly component: 'master' | 'executor' | 'standalone';
  readonly version: string;
}

/** Tells which version of which component runs, as a figure that is always 1. `manifest` is its package.json. */
export function buildInfo(metrics: Metrics, component: Build['component'], manifest: URL): Build {
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  metrics
    .gauge('tessera_build_info', 'What runs here; always 1.', ['component', 'version', 'node'])
    .set({ component, version, node: process.version }, 1);
  return { component, version };
}
