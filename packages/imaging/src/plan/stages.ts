import type { BasicStage, Pass, Pipeline, Step } from '@tessera/contracts';
import { haloOf } from '../pass/halo.ts';
import { operationFor } from '../registry.ts';

/** The pass that is being put together while the pipeline is walked. */
interface OpenPass {
  readonly source: Pass['source'];
  readonly before: readonly Step[];
  readonly global?: NonNullable<Pass['global']>;
  readonly after: readonly Step[];
}

const START: OpenPass = { source: { kind: 'image' }, before: [], after: [] };

const closed = (pass: OpenPass): Pass => ({ ...pass, before: [...pass.before], after: [...pass.after] });

/**
 * Fuses a pipeline into as few walks over the pixels as exactness allows and lists the stages.
 *
 * Neighbouring point and neighbourhood operations share one pass with the sum of their halos. A global operation takes
 * an observe and a merge stage; what follows it joins its apply pass as long as it reads no halo, else the applied
 * pixels are materialised first, because a region's applied pixels exist only where that region was observed.
 *
 * @param regions number of regions, that is of tasks of every stage that works on pixels.
 */
export function stagesOf(
  pipeline: Pipeline,
  regions: number,
  options: { readonly verify: boolean },
): readonly BasicStage[] {
  const stages: BasicStage[] = [];
  const add = (stage: BasicStage): number => stages.push(stage) - 1;
  const materialized = (pass: OpenPass): OpenPass => ({
    source: { kind: 'regions', stage: add({ kind: 'materialize', tasks: regions, pass: closed(pass) }) },
    before: [],
    after: [],
  });

  let pass = START;
  for (const step of pipeline) {
    if (operationFor(step.op).kind === 'global') {
      if (pass.global) pass = materialized(pass);
      const observeStage = add({ kind: 'observe', tasks: regions, pass: closed(pass), step });
      const mergeStage = add({ kind: 'merge', tasks: 1, observeStage, step });
      pass = { ...pass, global: { step, mergeStage } };
    } else if (!pass.global) {
      pass = { ...pass, before: [...pass.before, step] };
    } else if (haloOf(step) === 0) {
      pass = { ...pass, after: [...pass.after, step] };
    } else {
      pass = { ...materialized(pass), before: [step] };
    }
  }
  const renderStage = add({ kind: 'render', tasks: regions, pass: closed(pass) });
  const assembleStage = add({ kind: 'assemble', tasks: 1, renderStage });
  if (options.verify) add({ kind: 'verify', tasks: 1, assembleStage });
  return stages;
}
