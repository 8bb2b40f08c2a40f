import { readFile } from 'node:fs/promises';
import { stepSchema, type OutputRequest } from '@tessera/contracts';
import { gridCount, planJob } from '@tessera/imaging';
import { SiteClient, type JobWish } from '../tests/cluster/site-client.ts';
import { heavyImage } from './inputs.ts';
import { median, type Measurement } from './measurement.ts';
import { withCluster } from './servers.ts';

const SLOTS = 2;
const RUNS = 3;
/** Ways whose times differ by less than this share are as good as each other. */
const ALIKE = 0.1;
const GOAL = 0.9;

interface SplitCase {
  /** Side of the square picture. */
  readonly side: number;
  readonly pipeline: JobWish['pipeline'];
  readonly output: OutputRequest;
}

/** Light and heavy work on pictures around the size from which splitting pays. */
const CASES: readonly SplitCase[] = [
  { side: 1000, pipeline: [], output: { format: 'png' } },
  { side: 1000, pipeline: [{ op: 'bilateral', params: { ksize: 15 } }], output: { format: 'jpeg' } },
  { side: 2000, pipeline: [{ op: 'gaussian-blur' }], output: { format: 'png' } },
  { side: 2000, pipeline: [{ op: 'median', params: { ksize: 7 } }], output: { format: 'jpeg' } },
  { side: 2000, pipeline: [{ op: 'rank-filter', params: { ksize: 9 } }], output: { format: 'png' } },
  { side: 3000, pipeline: [{ op: 'invert' }], output: { format: 'jpeg' } },
  { side: 3000, pipeline: [{ op: 'gaussian-blur', params: { ksize: 21 } }], output: { format: 'png' } },
  { side: 3000, pipeline: [{ op: 'canny' }], output: { format: 'png' } },
  { side: 4500, pipeline: [{ op: 'grayscale' }], output: { format: 'jpeg' } },
  { side: 4500, pipeline: [{ op: 'gaussian-blur' }], output: { format: 'png' } },
  { side: 4500, pipeline: [{ op: 'sepia' }, { op: 'unsharp-mask' }], output: { format: 'tiff' } },
  { side: 6500, pipeline: [{ op: 'threshold' }], output: { format: 'png' } },
  { side: 6500, pipeline: [{ op: 'median' }], output: { format: 'jpeg' } },
  { side: 6500, pipeline: [{ op: 'box-blur' }, { op: 'canny' }], output: { format: 'png' } },
];

/** How often `split: auto` picks the faster way, on two slots. */
export async function split(): Promise<readonly Measurement[]> {
  return withCluster({ executors: 1, slots: SLOTS }, async ({ url }) => {
    const client = new SiteClient(url);
    const measurements: Measurement[] = [];
    let right = 0;
    for (const one of CASES) {
      const { side, pipeline, output } = one;
      const image = await client.upload(new Blob([await readFile(await heavyImage(side))]));
      const time = async (how: 'always' | 'never'): Promise<number> => {
        const times: number[] = [];
        for (let run = 0; run < RUNS; run++) {
          const wish = { pipeline, output, split: how, reuse: false };
          const { id } = await client.submit(image, wish);
          const { state, timings } = await client.ended(id, 300_000);
          if (state !== 'done') throw new Error(`a job ended as ${state}`);
          times.push(Date.parse(timings.finishedAt ?? '') - Date.parse(timings.createdAt));
        }
        return median(times);
      };
      const [never, always] = [await time('never'), await time('always')];
      const chosen = splits(one);
      const better = always < never;
      const good = chosen === better || Math.abs(always - never) / Math.max(always, never) < ALIKE;
      if (good) right++;
      const bench = `split, ${String(side)}² ${pipeline.map(({ op }) => op).join(' → ') || 'as it is'} → ${output.format}`;
      measurements.push(
        { bench, what: 'whole', value: never, unit: 'ms' },
        { bench, what: 'split', value: always, unit: 'ms' },
        {
          bench,
          what: `${chosen ? 'split' : 'whole'} was chosen: right`,
          value: good ? 1 : 0,
          unit: '',
          goal: { atLeast: 1 },
        },
      );
    }
    const share = right / CASES.length;
    measurements.push({ bench: 'split', what: 'chosen rightly', value: share, unit: '', goal: { atLeast: GOAL } });
    return measurements;
  });
}

/** Whether the planner cuts the picture when it is left to it. */
function splits({ side, pipeline, output }: SplitCase): boolean {
  const picture = { width: side, height: side, channels: 3 };
  const steps = pipeline.map((step) => stepSchema.parse(step));
  const plan = planJob(picture, steps, output, { split: 'auto', verify: false, input: 'jpeg', slots: SLOTS });
  return gridCount(plan.grid, plan.output) > 1;
}
