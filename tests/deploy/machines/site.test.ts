import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../../services/wait-until.ts';
import { dockerEngine, long } from '../engine/index.ts';
import { roles, type Role } from './checkout.ts';
import { blocksFor } from '../pages/page-block.ts';
import { ThreeMachines } from './three-machines.ts';
import { killMainProcess, readUnit } from './unit.ts';
import { expectWorkingSite } from './working-site.ts';

const PAGE = 'docs/operator/machines.md';
const units: Readonly<Record<Role, readonly [name: string, alias?: string]>> = {
  broker: ['rabbitmq-server.service'],
  server: ['docker-compose.service', 'tessera-server.service'],
  worker: ['docker-worker-compose.service', 'tessera-worker.service'],
};

describe.runIf(long)('three clean machines become a site, by the words of the page', { timeout: 1_800_000 }, () => {
  let machines: ThreeMachines;
  const before = new Map<Role, readonly string[]>();

  beforeAll(async () => {
    machines = await ThreeMachines.boot(await dockerEngine());
    for (const role of roles) before.set(role, await machines.get(role).files());
  }, 1_200_000);
  afterAll(() => machines.remove());

  const followed = new Set<string>();
  async function runSection(heading: string): Promise<readonly string[]> {
    const outputs: string[] = [];
    for (const block of blocksFor(PAGE, roles, heading)) outputs.push(await machines.run(block));
    followed.add(heading);
    return outputs;
  }

  const smoke = () => expectWorkingSite(machines.get('server'));

  it('from nothing to a site', async () => {
    const outputs = await runSection('From nothing to a site');
    const executors = JSON.parse(outputs.at(-1)!.replace(/^[^]*?(?=\{"executors")/, '')) as { executors: unknown[] };
    expect(executors.executors).toHaveLength(1);
    for (const role of roles) {
      for (const unit of units[role])
        expect(await readUnit(machines.get(role), unit!)).toMatchObject({ ActiveState: 'active' });
      expect((await machines.get(role).run(`systemctl is-enabled ${units[role][0]}`)).trim()).toBe('enabled');
    }
    await smoke();
  });

  it('has what the three lines of the README make: they change nothing', async () => {
    for (const role of ['server', 'worker'] as const) {
      const from = role === 'server' ? 'broker' : 'server';
      const input = await machines.get(from).run(`cat /etc/tessera/join/${role}.env`);
      await machines.get(role).run(`umask 077 && cat >/tessera/${role}.env`, { input });
    }
    const [block, ...others] = blocksFor('README.md', ['nodes']);
    expect(others).toEqual([]);
    const lines = block!.commands.trim().split('\n');
    expect(lines).toHaveLength(roles.length);
    for (const [index, role] of roles.entries()) {
      const output = await machines.run({ ...block!, place: role, commands: lines[index]! });
      expect(output).toContain('unchanged: this machine is as it should be.');
    }
    for (const role of ['server', 'worker'] as const) await machines.get(role).run(`rm /tessera/${role}.env`);
  });

  it('keeps secrets in files of root alone', async () => {
    for (const role of roles) {
      const machine = machines.get(role);
      const secrets = await machine.run(
        'for file in /etc/tessera/secrets/*; do sed "s/.*:\\([^@]*\\)@.*/\\1/" "$file"; echo; done',
      );
      const input = secrets
        .split('\n')
        .filter((word) => word !== '')
        .join('\n');
      expect(input.length).toBeGreaterThan(64);
      expect(await machine.run('stat -c "%a %U" /etc/tessera/secrets /etc/tessera/join 2>/dev/null || true')).toMatch(
        /^(700 root\n)+$/,
      );
      const open = [
        'journalctl --no-pager',
        'ps axeww',
        'grep -rs . /etc/systemd /opt/tessera',
        'docker ps --all --quiet 2>/dev/null | xargs --no-run-if-empty docker inspect',
      ].join('; ');
      expect(await machine.run(`cat >/run/words; { ${open}; } | grep -F -f /run/words; rm /run/words`, { input })).toBe(
        '',
      );
    }
  });

  it('changes nothing the second time', async () => {
    const stamps = "find /etc /opt /var/lib/tessera -printf '%p %T@ %m %u\\n' | sort";
    for (const role of roles) {
      const machine = machines.get(role);
      const files = await machine.run(stamps);
      const state = await readUnit(machine, units[role][0]);
      const lines = (await machine.run(`sudo /tessera/config/${role}-node-config.sh`)).split('\n');
      expect(lines.filter((line) => /^(done|would do|failed)/.test(line))).toEqual([]);
      expect(lines).toContain('unchanged: this machine is as it should be.');
      expect(await machine.run(stamps)).toBe(files);
      expect(await readUnit(machine, units[role][0])).toEqual(state);
    }
  });

  it('is back within five seconds after the main process of a unit was killed', async () => {
    for (const role of roles) {
      const seconds = await killMainProcess(machines.get(role), units[role][0]);
      process.stdout.write(`${units[role][0]} is back ${seconds.toFixed(1)} s after SIGKILL.\n`);
      // RabbitMQ itself takes four seconds to start on two free cores, and more on busy ones.
      expect(seconds).toBeLessThan(role === 'broker' ? 30 : 5);
    }
    await smoke();
  });

  it.each(roles)('is back after the %s machine was booted again', async (role) => {
    const machine = machines.get(role);
    await machine.reboot();
    await waitUntil(
      `${units[role][0]} is active`,
      async () => (await readUnit(machine, units[role][0])).ActiveState === 'active',
      {
        ms: 60_000,
        every: 500,
      },
    );
    await smoke();
  });

  it('takes other options at a later run', async () => {
    const [output] = await runSection('Changing a node');
    expect(output).toContain('restart docker-worker-compose.service');
    const count = async () => (await machines.get('worker').run('docker ps --quiet')).trim().split('\n').length;
    await waitUntil('there are two executors', async () => (await count()) === 2, { ms: 120_000, every: 1000 });
    await smoke();
  });

  it('binds the site to its machine when a proxy is in front', async () => {
    for (const block of blocksFor(PAGE, ['proxied'])) await machines.run({ ...block, place: 'server' });
    const listening = "ss --listening --tcp --numeric --no-header | awk '{ print $4 }' | grep ':8080$'";
    expect(await machines.get('server').run(listening)).toBe('127.0.0.1:8080\n');
    const answer =
      'curl --fail --silent --show-error --header "X-Forwarded-Proto: https" --head http://127.0.0.1:8080/';
    expect(await machines.get('server').run(answer)).toMatch(/^strict-transport-security: /im);
  });

  it('leaves nothing behind', async () => {
    await runSection('Taking a node away');
    expect([...new Set(blocksFor(PAGE, roles).map(({ heading }) => heading))]).toEqual([...followed]);
    for (const role of roles) {
      const machine = machines.get(role);
      expect(await machine.files(), role).toEqual(before.get(role));
      expect(await machine.run('getent passwd rabbitmq; getent group docker; ls -A /var/lib/docker')).toBe('');
      for (const unit of units[role])
        expect((await machine.run(`systemctl show -p LoadState --value ${unit!}`)).trim()).toBe('not-found');
    }
  });
});
