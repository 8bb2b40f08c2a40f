import { hash } from 'node:crypto';
import type { Plan, Step } from '@tessera/contracts';

/**
 * The name of a result: SHA-256 (lower-case hex) over the content of all images, pipeline, output settings and kernel version.
 * How the job was split is left out, for it changes no pixel. Verified results are told apart by `verify` in the store.
 *
 * @param sha256 of the source file.
 */
export function reuseKey(sha256: string, plan: Plan): string {
  const { output, kernel, raster, others } = plan;
  const pipeline = plan.pipeline.map((step) => contentOf(step, plan));
  const besides = others?.map((other) => other.sha256);
  const { depth } = plan.picture;
  const name = canonical({ sha256, pipeline, output, kernel, raster, besides, depth });
  return hash('sha256', name, 'hex');
}

/** The step with the content of another image in place of its id. */
function contentOf(step: Step, { others }: Plan): object {
  if (!('image' in step.params)) return step;
  const { image } = step.params;
  return { op: step.op, params: { ...step.params, image: others?.find(({ id }) => id === image)?.sha256 } };
}

/** JSON with sorted keys, so that equal values have equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
