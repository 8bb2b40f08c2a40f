import { pipelineSchema } from '@tessera/contracts';
import { expect, it } from 'vitest';
import { planJob } from '../plan/plan-job.ts';
import { estimateBytes } from './estimate-bytes.ts';
import { stageCosts, workOf } from './stage-costs.ts';

it('expects more work and larger files of 16 bits, and holds no more of them at a time', () => {
  const pipeline = pipelineSchema.parse([{ op: 'gaussian-blur' }]);
  const planOf = (depth: 8 | 16) =>
    planJob(
      { width: 12_000, height: 9000, channels: 3, depth },
      pipeline,
      { format: 'tiff' },
      { split: 'always', verify: false, input: 'png', slots: 1 },
    );
  const [shallow, deep] = [planOf(8), planOf(16)];
  const work = (plan: typeof deep): number => workOf(stageCosts(plan, 'png'));
  expect(work(deep)).toBeGreaterThan(2 * work(shallow));
  expect(estimateBytes(pipeline, deep.output).high).toBeGreaterThan(1.5 * estimateBytes(pipeline, shallow.output).high);
  const area = ({ grid: { width, height } }: typeof deep): number => width * height;
  expect(area(deep)).toBeLessThan(0.6 * area(shallow));
});
