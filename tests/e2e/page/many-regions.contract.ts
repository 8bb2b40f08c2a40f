import type { JobDto } from '@tessera/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteClient } from '../../cluster/site-client.ts';
import { long } from '../long.ts';
import { frameTimes, noteFrames, quantile } from '../scripted/frame-times.ts';
import { rush } from '../scripted/rush.ts';
import { ScriptedJob } from '../scripted/scripted-job.ts';
import { startScriptedSite, type ScriptedSite } from '../scripted/scripted-site.ts';
import type { Site } from '../site.contract.ts';
import { launchBrowser, visit } from './browser.ts';
import { stateCounts } from './watch-page.ts';
import { picture } from './watch.contract.ts';

/** What many machines do, told to a page by a script: events as they come, whatever this machine can compute. */
export function manyRegionsContract(name: string, startSite: () => Promise<Site>): void {
  describe(`many regions (${name})`, () => {
    let site: Site;
    let browser: Browser;
    let like: JobDto;
    const opened: ScriptedSite[] = [];
    beforeAll(async () => {
      [site, browser] = await Promise.all([startSite(), launchBrowser()]);
      const client = new SiteClient(site.url);
      const image = await client.upload(await picture(1000, 1000), 'astronaut.jpg');
      like = await client.submit(image, { pipeline: [{ op: 'invert' }], output: { format: 'tiff' }, split: 'never' });
    });
    afterAll(async () => {
      await Promise.all(opened.map((scripted) => scripted.close()));
      await browser.close();
      await site.stop();
    });

    const script = async (columns: number, rows: number) => {
      const job = new ScriptedJob(like, { id: `scripted${String(opened.length)}`, columns, rows, side: 256 });
      const scripted = await startScriptedSite(site, job);
      opened.push(scripted);
      return { job, scripted };
    };
    /** Opens the page of a job, and waits until it is told what happens. */
    const open = async (page: Page, scripted: ScriptedSite, job: ScriptedJob, search = ''): Promise<void> => {
      await page.goto(`${scripted.url}/jobs/${job.dto.id}${search}`);
      await page.getByRole('listbox', { name: 'Regions of astronaut.jpg' }).waitFor();
      await expect.poll(() => stateCounts(page)).toMatchObject({ waiting: job.tasks.length });
      await expect.poll(() => scripted.listeners()).toBeGreaterThan(0);
    };

    it('10,000 regions and 2000 events a second stay fluid', async () => {
      const { job, scripted } = await script(100, 100);
      const { page, context, complaints } = await visit(browser);
      await open(page, scripted, job);
      await noteFrames(page);
      const events = long ? 19_900 : 4000;
      await rush(scripted, job, { events, perSecond: 2000 });
      const { frames, longTasks, whole } = await frameTimes(page);
      const done = job.dto.progress.done;
      await expect.poll(async () => (await stateCounts(page)).done).toBe(done);
      const median = quantile(frames, 0.5);
      console.log(
        `${String(events)} events in ${whole.toFixed(0)} ms: frames of ${median.toFixed(1)} ms, 95 % below ` +
          `${quantile(frames, 0.95).toFixed(1)} ms, longest ${Math.max(...frames).toFixed(0)} ms; long tasks: ` +
          `${longTasks.map((task) => task.toFixed(0)).join(' ') || 'none'}`,
      );
      expect(done).toBeGreaterThan(events / 3);
      expect(complaints).toEqual([]);
      await context.close();
    });
  });
}
