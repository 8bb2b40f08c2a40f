import type { JobDto } from '@tessera/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteClient, type JobWish } from '../cluster/site-client.ts';
import { startEmbeddedSite } from './embedded-site.ts';
import { long } from './long.ts';
import { picture } from './page/watch.contract.ts';
import type { Site } from './site.contract.ts';

/** Share of the work from which on estimates are held to account, and by how much they may be off. */
const TRUSTED = 0.2;
const OFF = 0.3;
/** Seconds that nobody minds: the page says "a moment" then. */
const MOMENT = 3;
const TIMEOUT = 170_000;

/** The same again and again: a job that takes its time. */
const several = (op: 'median' | 'gaussian-blur', times: number): JobWish['pipeline'] =>
  Array.from({ length: times }, () => ({ op }));

interface Told {
  readonly at: number;
  readonly share: number;
  readonly eta: JobDto['progress']['eta'];
}

/** What is told of real runs, over the whole of them; for a machine that does nothing else meanwhile. */
describe.runIf(long)('the time left of real jobs', () => {
  let site: Site;
  let client: SiteClient;
  let image: string;
  beforeAll(async () => {
    site = await startEmbeddedSite();
    client = new SiteClient(site.url);
    image = await client.upload(await picture(9000, 9000), 'large.jpg');
  });
  afterAll(() => site.stop());

  /** Runs a job; gives what was told of it, and when it had ended. */
  const run = async (pipeline: JobWish['pipeline']): Promise<{ told: readonly Told[]; end: number }> => {
    const { id } = await client.submit(image, { pipeline, output: { format: 'png' }, split: 'always' });
    const told: Told[] = [];
    for (;;) {
      const { state, progress, timings } = await client.json<JobDto>(`/jobs/${id}`);
      if (state === 'done') return { told, end: Date.parse(timings.finishedAt ?? '') };
      expect(state).toMatch(/queued|running/);
      told.push({ at: Date.now(), share: progress.share, eta: progress.eta });
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  };
  /** Each estimate that was told of trusted work, as `share: told for true`, with whether it was near enough. */
  const judge = ({ told, end }: Awaited<ReturnType<typeof run>>) =>
    told.flatMap(({ at, share, eta }) => {
      if (share < TRUSTED || eta === null) return [];
      const [middle, left] = [(eta.low + eta.high) / 2, (end - at) / 1000];
      const near = Math.abs(middle - left) <= Math.max(OFF * left, MOMENT);
      return [{ text: `${share.toFixed(2)}: ${middle.toFixed(1)} s for ${left.toFixed(1)} s`, near }];
    });

  for (const [name, pipeline] of [
    ['the first job of a site, which decodes its source first', several('median', 32)],
    ['a job of several stages', [...several('gaussian-blur', 15), { op: 'canny' }, ...several('median', 16)]],
  ] as const satisfies readonly (readonly [string, JobWish['pipeline']])[]) {
    it(
      `criterion 7: ${name} tells its end within 30 %, once a fifth is done`,
      async () => {
        const judged = judge(await run(pipeline));
        process.stdout.write(`${name}:\n  ${judged.map(({ text }) => text).join('\n  ')}\n`);
        expect(judged.length).toBeGreaterThan(4);
        // One look in ten may be off: a look falls where a task has just ended.
        const off = judged.filter(({ near }) => !near);
        expect(off.length, off.map(({ text }) => text).join('; ')).toBeLessThanOrEqual(judged.length / 10);
      },
      TIMEOUT,
    );
  }
});
