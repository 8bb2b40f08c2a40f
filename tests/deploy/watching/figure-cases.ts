import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { SiteClient } from '../../cluster/site-client.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { Prometheus } from './prometheus.ts';
import type { WatchedSite } from './watched-site.ts';
import { WATCHING, expressionsOf, figuresIn, figuresOf, readDashboard } from './watching-files.ts';

interface Target {
  readonly labels: Readonly<Record<string, string>>;
  readonly health: string;
  readonly lastError: string;
}

/** Figures of the full form; `site` gives the one of the present run, on which nothing was done before. */
export function figureCases(site: () => WatchedSite): void {
  describe('figures', () => {
    let scrapes: { readonly master: string; readonly executors: readonly string[] };

    beforeAll(async () => {
      const { cluster, executorPorts } = site();
      const client = new SiteClient(cluster.url);
      const image = await client.upload(await readFile('fixtures/photos/rocket.jpg'));
      const wish = { pipeline: [{ op: 'median' }], output: { format: 'png' }, split: 'always' } as const;
      const job = await client.submit(image, wish);
      expect((await client.ended(job.id)).state).toBe('done');
      const text = async (url: string): Promise<string> => (await fetch(url)).text();
      scrapes = {
        master: await text(`${cluster.url}/metrics`),
        executors: await Promise.all(executorPorts.map((port) => text(`http://127.0.0.1:${port}/metrics`))),
      };
    });

    const value = (scrape: string, series: string): number =>
      Number(
        scrape
          .split('\n')
          .find((line) => line.startsWith(`${series} `))
          ?.slice(series.length),
      );

    it('hold everything that dashboard and alerts ask for', async () => {
      const known = new Set([
        ...figuresOf(scrapes.master),
        ...scrapes.executors.flatMap((scrape) => [...figuresOf(scrape)]),
      ]);
      const asked = figuresIn(
        `${expressionsOf(await readDashboard()).join('\n')}\n${await readFile(`${WATCHING}/prometheus-alerts.yml`, 'utf8')}`,
      );
      const ours = [...asked].filter((name) => !name.startsWith('rabbitmq_'));
      expect(ours.length).toBeGreaterThan(30);
      expect(ours.filter((name) => !known.has(name))).toEqual([]);
    });

    it('count what was done', () => {
      const { master, executors } = scrapes;
      /** Of all executors together; one that did nothing of the kind has no series. */
      const sum = (series: string): number =>
        executors.reduce((total, scrape) => total + (value(scrape, series) || 0), 0);
      expect(value(master, 'tessera_jobs{state="done"}')).toBe(1);
      expect(value(master, 'tessera_jobs_ended_total{state="done"}')).toBe(1);
      expect(value(master, 'tessera_jobs_submitted_total{reused="false"}')).toBe(1);
      expect(value(master, 'tessera_job_seconds_count{state="done"}')).toBe(1);
      expect(value(master, 'tessera_images_total{format="jpeg"}')).toBe(1);
      expect(value(master, 'tessera_images_bytes_total')).toBe(112_525);
      expect(value(master, 'tessera_executors')).toBe(2);
      expect(value(master, 'tessera_executor_slots')).toBe(2);
      expect(value(master, 'tessera_queue_messages{queue="tasks"}')).toBe(0);
      expect(value(master, 'tessera_oldest_ready_task_seconds')).toBe(0);
      expect(value(master, 'tessera_dead_letters_total')).toBe(0);
      expect(value(master, 'tessera_decoder_seconds_count{call="probe"}')).toBe(1);
      const tasks = value(master, 'tessera_tasks{state="done"}');
      expect(tasks).toBeGreaterThan(2);
      expect(sum('tessera_executor_tasks_total{kind="assemble",outcome="done"}')).toBe(1);
      expect(sum('tessera_executor_tasks_total{kind="render",outcome="done"}')).toBe(tasks - 1);
      expect(sum('tessera_decoder_seconds_count{call="decode"}')).toBeLessThanOrEqual(2);
      expect(sum('tessera_object_store_call_seconds_count{call="compose"}')).toBe(1);
      expect(sum('tessera_scratch_free_bytes')).toBeGreaterThan(0);
      expect(executors[0]).toMatch(/tessera_build_info\{component="executor",version="[^"]+",node="v\d+[^"]*"\} 1/);
    });

    it('have few label values, none of them an id', () => {
      for (const scrape of [scrapes.master, ...scrapes.executors]) {
        expect(scrape.split('\n').length).toBeLessThan(1500);
        expect(scrape).not.toMatch(/"[A-Za-z0-9_-]{22}"/);
      }
    });

    it('are taken by a real Prometheus with the rules, which has nothing to complain of', async () => {
      const [settings, rules] = await Promise.all(
        ['prometheus.yml', 'prometheus-alerts.yml'].map((file) => readFile(`${WATCHING}/${file}`, 'utf8')),
      );
      const here = settings!
        .replaceAll('15s', '1s')
        .replace('master.internal:8080', new URL(site().cluster.url).host)
        .replace(
          `'worker-1.internal:9464', 'worker-2.internal:9464'`,
          site()
            .executorPorts.map((port) => `'127.0.0.1:${port}'`)
            .join(', '),
        )
        // The broker of this test has no plugin for figures; that of broker-figures.test.ts has.
        .replace(/ {2}- job_name: rabbitmq\n[^]*$/, '');
      const files = {
        'prometheus.yml': here,
        'prometheus-alerts.yml': rules!,
        'admin-token': site().cluster.adminToken,
      };
      const prometheus = await Prometheus.start(files);
      try {
        const targets = async (): Promise<readonly Target[]> =>
          (await prometheus.ask<{ activeTargets: Target[] }>('targets', { state: 'active' })).activeTargets;
        await waitUntil(
          'all targets are up',
          async () => (await targets()).every(({ health }) => health === 'up') && (await targets()).length === 3,
          { ms: 20_000, every: 250 },
        );
        const samples = await waitForSamples(prometheus, 'tessera:open_jobs');
        expect(samples[0]?.value[1]).toBe('0');
        const { groups } = await prometheus.ask<{
          groups: { rules: { name: string; health: string; lastError?: string }[] }[];
        }>('rules');
        const all = groups.flatMap((group) => group.rules);
        expect(all.length).toBeGreaterThan(25);
        // Rules are looked at one group after another; none of those that were failed.
        expect(all.filter(({ health }) => health === 'err')).toEqual([]);
        const { alerts } = await prometheus.ask<{ alerts: { state: string; labels: { alertname: string } }[] }>(
          'alerts',
        );
        expect(alerts.filter(({ state }) => state === 'firing')).toEqual([]);
        for (const expr of expressionsOf(await readDashboard())) await prometheus.query(expr);
        // A busy machine may have missed a scrape meanwhile.
        const up = async (): Promise<string | undefined> => (await prometheus.query('sum(up)'))[0]?.value[1];
        await waitUntil('all targets are up at the end', async () => (await up()) === '3', { ms: 20_000, every: 250 });
      } finally {
        await prometheus.stop();
      }
    });
  });
}

async function waitForSamples(prometheus: Prometheus, expr: string) {
  let samples = await prometheus.query(expr);
  await waitUntil(`${expr} has a value`, async () => (samples = await prometheus.query(expr)).length > 0, {
    ms: 20_000,
    every: 250,
  });
  return samples;
}
