import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../services/run-command.ts';
import { findPrometheus } from './prometheus.ts';
import { WATCHING, expressionsOf, readDashboard } from './watching-files.ts';

let promtool: string;
beforeAll(async () => {
  promtool = (await findPrometheus()).promtool;
});

const alerts = (): Promise<string> => readFile(`${WATCHING}/prometheus-alerts.yml`, 'utf8');
const names = (text: string): readonly string[] => [...text.matchAll(/alert: (\w+)/g)].map(([, name = '']) => name);

it('the alert rules are valid, and each fires when it should and only then', async () => {
  expect(await runCommand(promtool, ['check', 'rules', `${WATCHING}/prometheus-alerts.yml`])).toContain('SUCCESS');
  expect(await runCommand(promtool, ['test', 'rules', `${WATCHING}/alerts.test.yml`])).toContain('SUCCESS');
  const tests = await readFile(`${WATCHING}/alerts.test.yml`, 'utf8');
  for (const name of names(await alerts())) expect(tests).toContain(`alertname: ${name}`);
});

it('every alert has a section of the operator’s page that says what to do', async () => {
  const page = await readFile('docs/operator/watching.md', 'utf8');
  const text = await alerts();
  for (const name of names(text)) {
    expect(page).toMatch(new RegExp(`^#+ ${name}$`, 'm'));
    expect(text).toContain(`docs/operator/watching.md#${name.toLowerCase()}'`);
  }
  const sections = [...page.matchAll(/^#+ (Tessera[A-Z]\w+)$/gm)].map(([, name = '']) => name);
  expect([...sections].sort()).toEqual([...names(text)].sort());
});

it('the example of a configuration is valid', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
  for (const file of ['prometheus.yml', 'prometheus-alerts.yml']) {
    await writeFile(join(folder, file), await readFile(`${WATCHING}/${file}`));
  }
  await writeFile(join(folder, 'admin-token'), 'a token');
  expect(await runCommand(promtool, ['check', 'config', join(folder, 'prometheus.yml')])).toContain('SUCCESS');
  await rm(folder, { recursive: true });
});

it('the dashboard is one that Grafana can show, and all its questions are PromQL', async () => {
  const dashboard = await readDashboard();
  const { panels } = dashboard;
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const cells = new Set<string>();
  for (const { gridPos, targets, type, title, description } of panels) {
    if (type === 'row') continue;
    expect(targets.length, title).toBeGreaterThan(0);
    expect(description, title).toBeDefined();
    expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(cells.has(`${x},${y}`), `${title} lies over another panel`).toBe(false);
        cells.add(`${x},${y}`);
      }
    }
  }
  const rules = expressionsOf(dashboard).map((expr, index) => ({ record: `dashboard:panel:${index}`, expr }));
  const file = join(await mkdtemp(join(tmpdir(), 'dashboard-')), 'rules.yml');
  await writeFile(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
  expect(await runCommand(promtool, ['check', 'rules', file])).toContain(`${rules.length} rules found`);
});
