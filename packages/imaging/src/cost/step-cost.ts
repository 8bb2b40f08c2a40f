import { parseKernel, type CostKnot, type Depth, type Step } from '@tessera/contracts';
import type { OperationCosts } from './cost-table.ts';
import { depthFactor } from './deep-factors.ts';

/** Milliseconds of one core per megapixel that a step makes out of so many channels; between two knots as if it rose evenly. */
export function stepCost(step: Step, channels: number, costs: OperationCosts, depth: Depth = 8): number {
  return depthFactor(step.op, depth) * shallowCost(step, channels, costs);
}

function shallowCost(step: Step, channels: number, costs: OperationCosts): number {
  const knots = costs[step.op];
  const side = sideOf(step);
  const of = (knot: Readonly<CostKnot> | undefined): number =>
    knot?.[Math.min(4, Math.max(1, channels)) as 1 | 2 | 3 | 4] ?? 0;
  const after = knots.findIndex(([at]) => at >= side);
  if (after <= 0) return of(after === 0 ? knots[0] : knots.at(-1));
  const [low, high] = [knots[after - 1], knots[after]];
  if (!low || !high) return 0;
  return of(low) + ((side - low[0]) / (high[0] - low[0])) * (of(high) - of(low));
}

/** Side of the neighbourhood in pixels; 1 where it does not matter. */
function sideOf({ op, params }: Step): number {
  if (op === 'filter2d') {
    const kernel = parseKernel(params.kernel);
    return kernel === undefined ? 1 : Math.max(kernel.width, kernel.height);
  }
  if ('ksize' in params) return params.ksize;
  if ('search' in params) return params.search;
  if ('length' in params) return params.length;
  return 'aperture' in params ? params.aperture : 1;
}
