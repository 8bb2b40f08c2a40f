import { pipelineSchema, type StepInput } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { planJob } from '../plan/plan-job.ts';
import { stepCost } from './step-cost.ts';
import { withMeasured } from './with-measured.ts';
import { stageCosts, workOf, type StageCost } from './stage-costs.ts';

/** Of a machine that is not measured anew with every version. */
const COSTS = withMeasured({
  decode: { jpeg: 5 },
  encode: { png: 17 },
  operation: {
    canny: [[3, 5.5, 5.5, 12, 12]],
    grayscale: [[1, 0, 0, 1, 1.3]],
    median: [
      [3, 1.8, 2.8, 3.2, 7.6],
      [5, 2.5, 4, 7, 10.5],
    ],
    'gaussian-blur': [
      [5, 1.8, 3.1, 6.6, 8.4],
      [9, 2.1, 3.7, 7.3, 9.6],
      [21, 3.4, 5.4, 10, 13],
      [61, 5.1, 11.8, 20, 25],
    ],
  },
});

function costsOf(steps: readonly StepInput[], { side = 9000, channels = 3, split = true } = {}): readonly StageCost[] {
  const plan = planJob(
    { width: side, height: side, channels },
    pipelineSchema.parse(steps),
    { format: 'png' },
    { split: split ? 'always' : 'never', verify: false, input: 'jpeg', slots: 2 },
  );
  return stageCosts(plan, 'jpeg', COSTS);
}
const times = (count: number, step: StepInput): readonly StepInput[] => Array.from({ length: count }, () => step);
const of = (costs: readonly StageCost[], kind: StageCost['kind']): number =>
  workOf(costs.filter((cost) => cost.kind === kind).map((cost) => ({ ...cost, waitMilliseconds: 0 })));

describe('what stages cost', () => {
  it('is less for what comes behind a step that leaves one channel', () => {
    const colour = of(costsOf(times(16, { op: 'median' })), 'render');
    const gray = of(costsOf([{ op: 'canny' }, ...times(16, { op: 'median' })]), 'render');
    expect(gray).toBeLessThan(colour / 2);
    expect(of(costsOf([{ op: 'grayscale' }, ...times(16, { op: 'median' })]), 'render')).toBeLessThan(colour / 2);
  });

  it('is the same again where a pass is run again: once to look at the picture and once to change it', () => {
    const costs = costsOf([...times(15, { op: 'gaussian-blur' }), { op: 'canny' }, { op: 'median' }]);
    expect(of(costs, 'materialize') / of(costs, 'observe')).toBeCloseTo(1, 1);
  });

  it('counts what regions read beyond their sides', () => {
    const blur = pipelineSchema.parse([{ op: 'gaussian-blur' }]);
    const once = of(costsOf(blur), 'render');
    const often = of(costsOf(times(15, blur[0]!)), 'render');
    const alone = 81 * stepCost(blur[0]!, 3, COSTS.operation);
    // Fifteen halos of 10 rows, in bands of 736: 19 % more on average.
    expect(often - once).toBeGreaterThan(14 * alone * 1.15);
    expect(often - once).toBeLessThan(14 * alone * 1.25);
  });

  it('grows with the kernel, evenly between two sides that were measured', () => {
    const cost = (ksize: number) => stepCost({ op: 'gaussian-blur', params: { ksize, sigma: 0 } }, 3, COSTS.operation);
    const sides = Array.from({ length: 31 }, (_, n) => 2 * n + 1);
    expect(sides.every((side, n) => n === 0 || cost(side) >= cost(side - 2))).toBe(true);
    expect(cost(15)).toBeCloseTo((cost(9) + cost(21)) / 2);
  });

  it('knows that the last band may be low', () => {
    const [render] = costsOf([{ op: 'invert' }]);
    expect(render).toMatchObject({ tasks: 12, lastPart: (9000 - 11 * 752) / 752 });
  });

  it('holds the decoding of the source once: as a wait of the first tasks, or in the only one', () => {
    const [render, assemble] = costsOf([{ op: 'invert' }]);
    expect(render?.waitMilliseconds).toBeCloseTo(81 * 5);
    expect(assemble?.waitMilliseconds).toBe(0);
    const [sequence] = costsOf([{ op: 'invert' }], { side: 4000, split: false });
    expect(sequence).toMatchObject({ kind: 'sequence', tasks: 1, waitMilliseconds: 0 });
    expect(sequence!.taskMilliseconds).toBeGreaterThan(16 * 5);
  });
});
