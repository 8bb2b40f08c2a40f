import { hash } from 'node:crypto';
import type { Plan } from '@tessera/contracts';

/**
 * The name of a result: SHA-256 (lower-case hex) over image content, pipeline, output settings and kernel version.
 * How the job was split is left out, for it changes no pixel. Verified results are told apart by `verify` in the store.
 *
 * @param sha256 of the source file.
 */
export function reuseKey(sha256: string, plan: Plan): string {
  const { pipeline, output, kernel, raster } = plan;
  const name = canonical({ sha256, pipeline, output, kernel, raster });
  return hash('sha256', name, 'hex');
}

/** JSON with sorted keys, so that equal values have equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
