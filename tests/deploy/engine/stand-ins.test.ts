import { beforeAll, describe, expect, it } from 'vitest';
import { dockerEngine, long, standIn, type DockerEngine } from './index.ts';

// In the short form all of them are put to use by other tests.
describe.runIf(long)('images of the tests', () => {
  let engine: DockerEngine;
  beforeAll(async () => {
    engine = await dockerEngine();
  });

  it.each([
    ['node', ['node', '--version'], /^v24\./],
    ['rabbitmq', ['rabbitmq-diagnostics', '--version'], /\d/],
    ['postgres', ['postgres', '--version'], /PostgreSQL/],
    ['versitygw', ['--version'], /Version/],
    ['machine', ['systemctl', '--version'], /systemd 25\d/],
    ['docker-machine', ['dockerd', '--version'], /Docker/],
  ] as const)('the stand-in %s runs its program', async (name, command, expected) => {
    const image = await standIn(engine, name);
    expect(await engine.docker(['run', '--rm', image, ...command])).toMatch(expected);
  });
});
