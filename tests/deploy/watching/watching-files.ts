import { readFile } from 'node:fs/promises';
import { z } from 'zod';

export const WATCHING = 'config/watching';

const dashboardSchema = z.object({
  uid: z.string(),
  panels: z.array(
    z.object({
      id: z.int(),
      title: z.string().min(1),
      type: z.enum(['row', 'stat', 'timeseries', 'heatmap']),
      description: z.string().min(1).optional(),
      gridPos: z.object({ x: z.int(), y: z.int(), w: z.int().max(24), h: z.int() }),
      targets: z.array(z.object({ refId: z.string(), expr: z.string().min(1) })).default([]),
    }),
  ),
});
export type Dashboard = z.output<typeof dashboardSchema>;

export async function readDashboard(): Promise<Dashboard> {
  return dashboardSchema.parse(JSON.parse(await readFile(`${WATCHING}/grafana-dashboard.json`, 'utf8')));
}

/** All questions of the dashboard, with what Grafana would put in place of its variables. */
export function expressionsOf(dashboard: Dashboard): readonly string[] {
  return dashboard.panels.flatMap(({ targets }) =>
    targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '1m')),
  );
}

/** The names of our figures, and of others that we ask for, in a text of PromQL or of rules; comments are none. */
export function figuresIn(text: string): ReadonlySet<string> {
  return new Set(text.replaceAll(/^\s*#.*$/gm, '').match(/\b(?:tessera|rabbitmq|nodejs|process)_[a-z0-9_]+/g));
}

/** The names that a scrape gave, those of a histogram's series too. */
export function figuresOf(scrape: string): ReadonlySet<string> {
  const names = [...scrape.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  );
  return new Set(names);
}
