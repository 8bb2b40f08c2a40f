import { describe, expect, it } from 'vitest';
import { DEFAULT_COSTS } from './default-costs.ts';
import { planJob } from '../plan/plan-job.ts';
import { DEFAULT_PLAN_LIMITS } from '../plan/plan-limits.ts';
import { gridCount } from '../region.ts';
import { withMeasured } from './with-measured.ts';

describe('a table of measured costs', () => {
  it('replaces what it tells of, and nothing else', () => {
    const costs = withMeasured({
      decode: { png: 99 },
      encode: {},
      operation: { median: [[3, 1, 2, 3, 4]], 'of another version': [[1, 1, 1, 1, 1]] },
    });
    expect(costs).toEqual({
      ...DEFAULT_COSTS,
      decode: { ...DEFAULT_COSTS.decode, png: 99 },
      operation: { ...DEFAULT_COSTS.operation, median: [[3, 1, 2, 3, 4]] },
    });
  });

  it('is what splitting is decided by', () => {
    const slow = withMeasured({ decode: {}, encode: {}, operation: { invert: [[1, 5000, 5000, 5000, 5000]] } });
    const regions = (costs = DEFAULT_COSTS): number => {
      const options = { split: 'auto', verify: false, input: 'jpeg', slots: 4 } as const;
      const picture = { width: 2000, height: 2000, channels: 3 };
      const limits = { ...DEFAULT_PLAN_LIMITS, costs };
      const plan = planJob(picture, [{ op: 'invert', params: {} }], { format: 'png' }, options, limits);
      return gridCount(plan.grid, plan.output);
    };
    expect(regions()).toBe(1);
    expect(regions(slow)).toBeGreaterThan(1);
  });
});
