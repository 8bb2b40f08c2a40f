import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../services/run-command.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { dockerEngine, long } from '../engine/index.ts';
import { checkout } from '../machines/checkout.ts';
import { ComposeSite } from './compose-site.ts';
import { useOfBroker, useOfStore } from './rights.ts';

const SERVICES = ['broker', 'database', 'executor', 'master', 'store'] as const;
const ONCE = ['bucket', 'secrets'] as const;

describe('docker compose up on a machine with nothing', { timeout: 180_000 }, () => {
  let site: ComposeSite;
  const smoke = (): Promise<string> =>
    runCommand(process.execPath, ['tests/smoke/main.ts', site.url], { cwd: checkout });

  beforeAll(async () => {
    site = await ComposeSite.create(await dockerEngine());
    await site.up();
  }, 900_000);
  afterAll(() => site.remove(), 120_000);

  it('gives a site that works', async () => {
    await site.ready();
    const started = async (): Promise<boolean> => (await site.logs('executor')).includes('executor:started');
    await waitUntil('the executor has started', started, { ms: 120_000, every: 500 });
    expect(await smoke()).toContain('right in every pixel');
    expect(await (await fetch(site.url)).text()).toContain('<title>');
  });

  it('publishes the port of the site, on this machine only', async () => {
    const published = [...(await site.containers()).values()].flatMap(({ NetworkSettings }) =>
      Object.values(NetworkSettings.Ports).flatMap((ports) => ports ?? []),
    );
    expect(published).toEqual([{ HostIp: '127.0.0.1', HostPort: String(site.port) }]);
  });

  it('shuts every container off', async () => {
    const containers = await site.containers();
    expect([...containers.keys()].sort()).toEqual([...SERVICES, ...ONCE].sort());
    for (const [service, { HostConfig }] of containers) {
      expect(HostConfig, service).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'] });
      expect(HostConfig.SecurityOpt, service).toContain('no-new-privileges:true');
      expect(HostConfig.Memory, service).toBeGreaterThan(0);
      expect(HostConfig.PidsLimit, service).toBeGreaterThan(0);
    }
    for (const service of SERVICES) {
      expect(containers.get(service)?.HostConfig.RestartPolicy.Name).toBe('unless-stopped');
      const status = await site.run(service, ['cat', '/proc/1/status']);
      expect(status, service).toMatch(/^CapEff:\t0+$/m);
      expect(status, service).not.toMatch(/^Uid:\t0/m);
    }
  });

  it('leaves no dead children of decoders behind', async () => {
    for (const service of ['master', 'executor']) {
      const states = await site.run(service, ['sh', '-c', 'cat /proc/[0-9]*/stat']);
      expect(states, service).not.toMatch(/^\d+ \(.*\) Z /m);
    }
  });

  it('tells each service its own secrets, and writes none into descriptions or logs', async () => {
    const secrets = await site.run('master', ['sh', '-c', 'cd /run/secrets/tessera && head -n 99 *']);
    const others = await site.run('executor', ['sh', '-c', 'cd /run/secrets/tessera && head -n 99 *']);
    const names = (await site.run('executor', ['ls', '/run/secrets/tessera'])).trim().split('\n');
    expect(names).toEqual(['amqp-url', 's3-access-key-id', 's3-secret-access-key']);
    const values = [...`${secrets}\n${others}`.matchAll(/[0-9a-f]{48}/g)].map(([value]) => value);
    expect(new Set(values).size).toBe(9);
    const ids = new Set([...`${secrets}\n${others}`.matchAll(/s3-access-key-id <==\n(\S+)/g)].map(([, id]) => id));
    const containers = await site.containers();
    const said = [JSON.stringify([...containers.values()])];
    for (const service of containers.keys()) said.push(await site.logs(service));
    // Ids of access keys are no secrets.
    for (const value of values) if (!ids.has(value)) expect(said.filter((text) => text.includes(value))).toEqual([]);
  });

  it('lets executors do with the store what they need', async () => {
    expect(await useOfStore(site)).toEqual({
      readUpload: 'NoSuchKey',
      readReceipt: 'NoSuchKey',
      writeWork: 'ok',
      listResults: 'AccessDenied',
      listWork: 'AccessDenied',
      deleteWork: 'AccessDenied',
      deleteResult: 'AccessDenied',
      writeMedian: 'ok',
      readMedian: 'AccessDenied',
      deleteMedian: 'AccessDenied',
      writeBeside: 'AccessDenied',
      writeIncoming: 'AccessDenied',
      writeUpload: 'AccessDenied',
      readPolicy: 'AccessDenied',
      makeBucket: 'AccessDenied',
    });
  });

  it('lets executors do with the broker what they need', async () => {
    expect(await useOfBroker(site)).toEqual({
      lookAtTasks: 'ok',
      declareTasks: 403,
      deleteTasks: 403,
      publishTask: 403,
      takeEvents: 403,
      openInbox: 'ok',
      takeDead: 403,
      declareOther: 403,
      guest: 403,
    });
  });

  it('changes nothing when it runs again', async () => {
    const before = await site.containers();
    await site.up();
    const after = await site.containers();
    for (const service of SERVICES) expect(after.get(service)?.Id).toBe(before.get(service)?.Id);
    expect((await site.logs('secrets')).trim().split('\n').at(-1)).toBe('All secrets are as they were.');
    await site.ready();
  });

  it('brings a killed master back', async () => {
    const kill = 'for p in /proc/[0-9]*; do [ $(cat $p/comm) != node ] || kill -9 ${p#/proc/}; done';
    await site.run('master', ['sh', '-c', kill]).catch(() => undefined);
    await site.ready();
    expect(await smoke()).toContain('right in every pixel');
  });

  it.runIf(long)('keeps everything over a restart of all', async () => {
    const images = await site.run('database', countOf('images'));
    await site.compose('restart', '--timeout', '30');
    await site.ready(120_000);
    expect(await site.run('database', countOf('images'))).toBe(images);
    expect(await smoke()).toContain('right in every pixel');
  });

  it('ends in order', async () => {
    await site.compose('stop', '--timeout', '40', 'executor', 'master');
    const containers = await site.containers();
    for (const service of ['executor', 'master']) {
      expect(containers.get(service)?.State, service).toMatchObject({ Running: false, ExitCode: 0 });
      expect(await site.logs(service)).toContain('process:stopping');
    }
  });
});

function countOf(table: string): string[] {
  return ['psql', '--username', 'postgres', '--dbname', 'tessera', '-Atc', `SELECT count(*) FROM ${table}`];
}
