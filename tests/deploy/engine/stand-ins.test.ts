import { beforeAll, expect, it } from 'vitest';
import { dockerEngine, standIn, type DockerEngine } from './index.ts';

let engine: DockerEngine;
beforeAll(async () => {
  engine = await dockerEngine();
});

it.each([
  ['node', ['node', '--version'], /^v24\./],
  ['rabbitmq', ['rabbitmq-diagnostics', '--version'], /\d/],
  ['postgres', ['postgres', '--version'], /PostgreSQL/],
  ['versitygw', ['--version'], /Version/],
  ['nginx', ['nginx', '-V'], /^$/],
  ['machine', ['systemctl', '--version'], /systemd 25\d/],
] as const)('the stand-in %s runs its program', async (name, command, expected) => {
  const image = await standIn(engine, name);
  expect(await engine.docker(['run', '--rm', image, ...command])).toMatch(expected);
});
