import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTemporaryFolder, type TemporaryFolder } from '../../services/temporary-folder.ts';
import { dockerEngine, type DockerEngine } from '../engine/index.ts';
import { checkout } from '../machines/checkout.ts';

const combinations = [
  'docker-compose.yml',
  'docker-compose.yml docker-external-broker.yml',
  'docker-compose.yml docker-external-store.yml',
  'docker-compose.yml docker-external-broker.yml docker-server-node.yml docker-server-store.yml',
  'docker-compose.yml docker-external-broker.yml docker-server-node.yml docker-external-store.yml',
  'docker-compose.yml docker-management.yml',
  'docker-compose.yml docker-web-rasters.yml',
  'docker-worker-compose.yml',
];

describe('the compose files', () => {
  let engine: DockerEngine;
  let folder: TemporaryFolder;
  beforeAll(async () => {
    engine = await dockerEngine();
    folder = await createTemporaryFolder('settings');
    await mkdir(join(folder.path, 'secrets'));
    for (const name of ['master.env', 'executor.env']) await writeFile(join(folder.path, name), '');
  });
  afterAll(() => folder.remove());

  it.each(combinations)('%s fit together', async (files) => {
    const env = {
      MASTER_ENV: join(folder.path, 'master.env'),
      EXECUTOR_ENV: join(folder.path, 'executor.env'),
      TESSERA_SECRETS: join(folder.path, 'secrets'),
      STORE_HOST: 'store.example',
    };
    const args = files.split(' ').flatMap((file) => ['--file', file]);
    const text = await engine.compose([...args, 'config'], { cwd: checkout, env });
    expect(text).not.toContain('privileged');
    expect(text).toContain('restart: unless-stopped');
    expect(text).toMatch(/no-new-privileges:true/);
  });
});
