import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteClient } from '../../cluster/site-client.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { long } from '../engine/index.ts';
import { checkout } from '../machines/checkout.ts';
import type { Machine } from '../machines/machine.ts';
import { blocksFor, fillIn, type PageBlock } from '../pages/page-block.ts';
import { killMainProcess } from '../machines/unit.ts';
import { NativeSite } from './native-site.ts';
import { exposureOf, HIGHEST_EXPOSURE, showUnit } from './units.ts';

const PAGE = 'docs/operator/native.md';
const ROLES = 'docs/operator/machines.md';
const DATA = 'docs/operator/data.md';
const workerScript = 'sudo /tessera/config/worker-node-config.sh';
const server = ['tessera-master.service', 'tessera-store.service'];
const worker = ['tessera-executor@1.service', 'tessera-executor@2.service'];

describe.runIf(long)(
  'a site without docker, by the words of the page, on three clean machines',
  { timeout: 900_000 },
  () => {
    let site: NativeSite;
    let install: Readonly<Record<'broker' | 'server' | 'worker', PageBlock>>;
    let takeAway: readonly PageBlock[];
    let before: Readonly<Record<'server' | 'worker', readonly string[]>>;
    beforeAll(async () => {
      site = await NativeSite.boot();
      before = { server: await site.server.files(), worker: await site.worker.files() };
      const [server] = blocksFor(PAGE, ['server'], 'Installing');
      const [worker] = blocksFor(PAGE, ['worker'], 'Installing');
      const [broker] = blocksFor(ROLES, ['broker'], 'From nothing to a site');
      install = { broker: broker!, server: server!, worker: worker! };
      takeAway = blocksFor(ROLES, ['broker', 'server', 'worker'], 'Taking a node away');
    });
    afterAll(() => site.remove());

    /** Runs all commands below a heading of a page, each on its machine. @returns what they printed. */
    async function follow(page: string, heading: string): Promise<readonly string[]> {
      const outputs: string[] = [];
      for (const block of blocksFor(page, ['server', 'worker'], heading)) outputs.push(await site.run(block));
      return outputs;
    }

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
      const [executors, masters] = await follow(PAGE, 'Logs');
      const lines = executors!.replaceAll(/^}\n(?={)/gm, '}\n\n').split('\n\n');
      expect(lines.length).toBeGreaterThan(2);
      for (const line of lines) expect(JSON.parse(line)).toMatchObject({ name: 'executor' });
      expect(masters).not.toMatch(/"level": [1-3]0/);
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
      // Active units may still be at their beginning.
      await untilReady(await site.url());
      for (const port of [9401, 9402]) {
        const answers = `timeout 120 bash -c 'until curl --silent --fail http://127.0.0.1:${String(port)}/healthz; do sleep 1; done'`;
        await site.worker.run(answers);
      }
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
      const network = (await site.server.address()).replace(/\d+$/, '0/24');
      // Broker, store and whoever looks up names here.
      const own = { '10.0.0.0/24': network, '10.0.1.53': '127.0.0.11' };
      for (const block of blocksFor(PAGE, ['restricted'])) await site.run({ ...fillIn(block, own), place: 'worker' });
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
      const [output] = await follow(PAGE, 'Upgrading and going back');
      expect(output).toContain(current);
      expect((await site.worker.run('readlink /opt/tessera/current')).trim()).toBe(`releases/${current}`);
      const program = `readlink /proc/$(systemctl show -P MainPID ${worker[1] ?? ''})/exe`;
      expect(await site.worker.run(program)).toContain(`/opt/tessera/releases/${current}/`);
      await expectExactJob(await site.url());
    });

    it('is backed up, takes another cookie secret, and loses a worker, by the page of its data', async () => {
      const headings = [...new Set(blocksFor(DATA, ['server', 'worker']).map(({ heading }) => heading))];
      expect(headings).toEqual(['Backup', 'The cookie secret', 'Adding and draining a worker']);
      const [backup, secret, drain] = headings as [string, string, string];
      await expectExactJob(await site.url());
      expect((await follow(DATA, backup))[0]).toMatch(/^(\d+) objects, \1 of them new/);
      await site.server.run('rm -r /var/backups/tessera');
      const visitor = new SiteClient(await site.url());
      await visitor.upload(await readFile(join(checkout, 'fixtures/photos/rocket.jpg')), 'rocket.jpg');
      const cookie = visitor.cookie;
      await follow(DATA, secret);
      await untilReady(await site.url());
      await visitor.json('/jobs');
      expect(visitor.cookie).not.toBe(cookie);
      expect(await site.server.run('stat -c "%a %U" /etc/tessera/secrets/cookie-secret')).toBe('600 root\n');
      await follow(DATA, drain);
      const last = 'journalctl --unit tessera-executor@2 --output cat | grep -c executor:stopped';
      expect(Number(await site.worker.run(last))).toBeGreaterThan(0);
      await expectExactJob(await site.url());
      // As the text above it says.
      await site.worker.run('systemctl enable --now tessera-executor@2');
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
