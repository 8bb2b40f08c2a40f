import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteClient } from '../../cluster/site-client.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { long } from '../engine/index.ts';
import { checkout } from '../machines/checkout.ts';
import type { Machine } from '../machines/machine.ts';
import { readPageBlocks, type PageBlock } from '../machines/page-blocks.ts';
import { killMainProcess } from '../machines/unit.ts';
import { NativeSite } from './native-site.ts';
import { exposureOf, HIGHEST_EXPOSURE, showUnit } from './units.ts';

const workerScript = 'sudo /tessera/config/worker-node-config.sh';
const server = ['tessera-master.service', 'tessera-store.service'];
const worker = ['tessera-executor@1.service', 'tessera-executor@2.service'];

describe.runIf(long)(
  'a site without docker, by the words of the page, on three clean machines',
  { timeout: 900_000 },
  () => {
    let site: NativeSite;
    let install: Readonly<Record<'broker' | 'server' | 'worker', PageBlock>>;
    let goBack: PageBlock;
    let takeAway: readonly PageBlock[];
    let before: Readonly<Record<'server' | 'worker', readonly string[]>>;
    beforeAll(async () => {
      site = await NativeSite.boot();
      before = { server: await site.server.files(), worker: await site.worker.files() };
      const [page, roles] = [
        await readPageBlocks('docs/operator/native.md'),
        await readPageBlocks('docs/operator/machines.md'),
      ];
      const [server, worker] = page.get('Installing') ?? [];
      const [broker] = roles.get('From nothing to a site') ?? [];
      const [back] = page.get('Upgrading and going back') ?? [];
      takeAway = roles.get('Taking a node away') ?? [];
      if (!broker || !server || !worker || !back) throw new Error('The pages lack the commands of the native form.');
      [install, goBack] = [{ broker, server, worker }, back];
    });
    afterAll(() => site.remove());

    const placed = (): readonly (readonly [Machine, string])[] => [
      ...server.map((unit) => [site.server, unit] as const),
      ...worker.map((unit) => [site.worker, unit] as const),
    ];

    it('says what it would do, and does nothing', async () => {
      await site.run(install.broker);
      await site.carry(site.broker, site.server, 'server.env');
      const output = await site.run({ ...install.server, commands: `${install.server.commands.trimEnd()} --dry-run` });
      expect(output).toContain('would do   Release: ');
      expect(output).toContain('would do   Master, started now and at boot: ');
      await site.server.run('rm ~/server.env');
      expect(await site.server.files()).toEqual(before.server);
    });

    it('is installed by two commands', async () => {
      await site.carry(site.broker, site.server, 'server.env');
      expect(await site.run(install.server)).toContain('The site is on port 8080');
      await site.carry(site.server, site.worker, 'worker.env');
      await site.run(install.worker);
      for (const [machine, unit] of placed()) {
        const { ActiveState, UnitFileState } = await showUnit(machine, unit, 'ActiveState', 'UnitFileState');
        expect([unit, ActiveState, UnitFileState]).toEqual([unit, 'active', 'enabled']);
        const exposure = exposureOf(await machine.run(`systemd-analyze security --no-pager ${unit}`));
        expect(exposure, unit).toBeLessThanOrEqual(HIGHEST_EXPOSURE);
      }
    });

    it('splits a picture over both executors, and the result is what one would have made', async () => {
      await expectExactJob(await site.url());
      const logs = await site.worker.run('journalctl -t tessera-executor --output cat');
      for (const line of logs.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ name: 'executor' });
    });

    it('does nothing the second time', async () => {
      for (const output of [await site.run(install.server), await site.run(install.worker)]) {
        expect(output.split('\n').filter((line) => /^(done|would do|failed)/.test(line))).toEqual([]);
      }
    });

    it('shows no secret', async () => {
      for (const machine of [site.server, site.worker]) {
        expect(await machine.run('find /etc/tessera/secrets /etc/tessera/join -perm /077 2>/dev/null || true')).toBe(
          '',
        );
        const secrets = (await machine.run(`grep -rhoE '[0-9a-f]{64}' /etc/tessera/secrets | sort -u`))
          .trim()
          .split('\n');
        expect(secrets.length).toBeGreaterThanOrEqual(3);
        // The store takes its root key by its environment, which root alone can read; ps without e is what others see.
        const seen = await machine.run(
          'journalctl --no-pager; systemctl show "tessera-*"; grep -r . /etc/systemd/system; ps axww; ' +
            'for unit in tessera-master tessera-executor@1 tessera-executor@2; do ' +
            '  tr "\\0" "\\n" </proc/$(systemctl show -P MainPID $unit)/environ 2>/dev/null; done; ' +
            'cat /etc/tessera/*.env; find /opt/tessera -name .env',
        );
        for (const secret of secrets) expect(seen).not.toContain(secret);
      }
    });

    it('is back within five seconds when a process is killed', async () => {
      for (const [machine, unit] of placed()) expect(await killMainProcess(machine, unit), unit).toBeLessThan(5);
      await expectExactJob(await site.url());
    });

    it('stops in order', async () => {
      for (const [machine, unit] of placed().toReversed()) {
        await machine.run(`systemctl stop ${unit}`);
        const ended = await showUnit(machine, unit, 'Result', 'ExecMainStatus');
        expect([unit, ended]).toEqual([unit, { Result: 'success', ExecMainStatus: '0' }]);
      }
      for (const [machine, unit] of placed()) await machine.run(`systemctl start ${unit}`);
      await untilReady(await site.url());
      await expectExactJob(await site.url());
    });

    it('talks to the named addresses only, where that is wanted', async () => {
      const address = (await site.server.address()).replace(/\d+$/, '0/24');
      await site.worker.run(`${workerScript} --native --allow-addresses ${address}`);
      await expectExactJob(await site.url());
      await site.worker.run(`${workerScript} --native --allow-addresses 192.0.2.1`).catch(() => undefined);
      const metrics = 'curl -s http://127.0.0.1:9401/healthz || true';
      await waitUntil('the executor is cut off', async () => (await site.worker.run(metrics)) === '', { ms: 30_000 });
      await site.worker.run(`${workerScript} --native --allow-addresses any`);
      await expectExactJob(await site.url());
    });

    it('goes back to an earlier release, and forth', async () => {
      const current = (await site.worker.run('basename $(readlink /opt/tessera/current)')).trim();
      // Another release with other words in its programs.
      const other = '0.0.1-0123456789ab';
      await site.worker.run(
        `cd /opt/tessera/releases && cp -a ${current} ${other} && echo ${other} >${other}/RELEASE && ln -sfn releases/${other} ../current`,
      );
      expect(await site.run(goBack)).toContain(current);
      expect((await site.worker.run('readlink /opt/tessera/current')).trim()).toBe(`releases/${current}`);
      const program = `readlink /proc/$(systemctl show -P MainPID ${worker[1] ?? ''})/exe`;
      expect(await site.worker.run(program)).toContain(`/opt/tessera/releases/${current}/`);
      await expectExactJob(await site.url());
    });

    it('is at work again after a reboot of all machines', async () => {
      for (const machine of [site.broker, site.server, site.worker]) await machine.reboot();
      const url = await site.url();
      await untilReady(url);
      await expectExactJob(url);
    });

    it('leaves nothing behind', async () => {
      for (const block of takeAway) await site.run(block);
      await site.worker.run('rm ~/*');
      await site.server.run('rm ~/*');
      const home = (await site.server.run('echo ~')).trim();
      const own = (list: readonly string[]) => list.filter((line) => !line.includes(` ${home}/`));
      expect(own(await site.worker.files())).toEqual(own(before.worker));
      expect(own(await site.server.files())).toEqual(own(before.server));
    });
  },
);

async function untilReady(url: string): Promise<void> {
  const ready = async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.ok ?? false;
  await waitUntil('the site is ready', ready, { ms: 300_000, every: 500 });
}

/** Runs a job in many regions, which the site itself compares with an unsplit run. */
async function expectExactJob(url: string): Promise<void> {
  const client = new SiteClient(url);
  const image = await client.upload(await readFile(join(checkout, 'fixtures/photos/rocket.jpg')), 'rocket.jpg');
  const job = await client.submit(image, {
    pipeline: [{ op: 'gaussian-blur', params: { ksize: 9 } }, { op: 'canny' }],
    output: { format: 'png' },
    split: 'always',
    verify: true,
  });
  const ended = await client.ended(job.id, 120_000);
  expect(ended.error).toBeUndefined();
  expect(ended.state).toBe('done');
  const executors = new Set((await client.tasks(job.id)).map((task) => task.executor));
  expect(executors.size).toBeGreaterThan(0);
}
