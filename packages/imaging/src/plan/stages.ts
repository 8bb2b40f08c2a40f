import type { BasicStage, Pass, Pipeline, Step } from '@tessera/contracts';
import { bind, haloOf, roundsOf } from '../pass/halo.ts';

/** The pass that is being put together while the pipeline is walked. */
interface OpenPass {
  readonly source: Pass['source'];
  readonly before: readonly Step[];
  readonly global?: NonNullable<Pass['global']>;
  readonly after: readonly Step[];
}

/** Rounds from which on it costs less to keep the pixels than to compute them again. */
const MANY_ROUNDS = 4;

const START: OpenPass = { source: { kind: 'image' }, before: [], after: [] };

const closed = (pass: OpenPass): Pass => ({ ...pass, before: [...pass.before], after: [...pass.after] });

/**
 * Fuses a pipeline into as few walks over the pixels as exactness allows and lists the stages.
 *
 * Neighbouring point and neighbourhood operations share one pass with the sum of their halos. A global operation takes
 * an observe and a merge stage for each round; what follows it joins its apply pass as long as it reads no halo, else the
 * applied pixels are materialised first, because a region's applied pixels exist only where that region was observed.
 * What is looked at in many rounds is materialised, too, rather than computed in each.
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
  for (const [place, step] of pipeline.entries()) {
    const { operation } = bind(step);
    const rounds = roundsOf(step);
    if (operation.kind === 'global') {
      if (pass.global || (rounds >= MANY_ROUNDS && pass.before.length > 0)) pass = materialized(pass);
      const reported = operation.report ? { place } : {};
      const lastMerge = stages.length + 2 * rounds - 1;
      for (let round = 0; round < rounds; round++) {
        const before = round === 0 ? {} : { mergeBefore: stages.length - 1 };
        const observeStage = add({ kind: 'observe', tasks: regions, pass: closed(pass), step, ...before });
        const last = rounds === 1 ? {} : { lastMerge };
        add({ kind: 'merge', tasks: 1, observeStage, step, ...before, ...last, ...reported });
      }
      pass = { ...pass, global: { step, mergeStage: lastMerge } };
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
