import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobDto } from '@tessera/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256, SiteClient } from '../../cluster/site-client.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../services/temporary-folder.ts';
import { dockerEngine, long, standIn } from '../engine/index.ts';
import { checkout, composeFiles } from './checkout.ts';
import { archiveBases } from './images-archive.ts';
import { Machine } from './machine.ts';
import { expectWorkingSite, siteUrl } from './working-site.ts';

const script = 'sudo /tessera/config/server-node-config.sh';
const backup = 'sudo /tessera/config/tessera-backup.sh';
const sources = ['.npmrc', '.dockerignore', 'package.json', 'package-lock.json', 'tsconfig.base.json'];
const CANNY = { pipeline: [{ op: 'canny' }], output: { format: 'png' } };

describe.runIf(long)('a whole site on one machine, of images built there', { timeout: 1_800_000 }, () => {
  let folder: TemporaryFolder;
  let machine: Machine;
  let before: readonly string[];
  let client: SiteClient;
  let picture: Buffer;
  let finished: JobDto;
  let waiting: JobDto;
  let digest: string;

  const inFolder = (command: string) => machine.run(`cd /opt/tessera/compose && ${command}`);
  const left = () =>
    machine.run(
      'docker images --all --quiet; docker ps --all --quiet; docker volume ls --quiet; docker network ls --quiet',
    );
  /** All files but what the engine, which is no part of the site, notes of having run something. */
  const files = async () => (await machine.files()).filter((line) => !line.includes(' /var/lib/containerd/'));

  beforeAll(async () => {
    const engine = await dockerEngine();
    folder = await createTemporaryFolder('one-machine');
    await archiveBases(engine, join(folder.path, 'images.tar'));
    machine = await Machine.boot(engine, 'alone', {
      image: await standIn(engine, 'docker-machine'),
      checkout: [...composeFiles, ...sources, 'packages', 'components'],
      folders: { '/srv/images': folder.path },
    });
    before = [...(await files()), await left()];
    picture = await readFile(join(checkout, 'fixtures/photos/rocket.jpg'));
  }, 1_200_000);
  afterAll(async () => {
    await machine.remove();
    await folder.remove();
  });

  it('builds what no registry has', async () => {
    const output = await machine.run(`${script} --images /srv/images/images.tar`, { timeoutMs: 1_500_000 });
    expect(output).toContain('build tessera-master:local; build tessera-executor:local');
    expect(output).toContain('The site is on port 8080');
    await expectWorkingSite(machine);
  });

  it('builds again on request, and only what changed is new', async () => {
    expect(await machine.run(`${script} --build`)).toContain('unchanged: this machine is as it should be.');
    await machine.run('echo "// Another version." >>/tessera/components/executor/src/main.ts');
    const output = await machine.run(`${script} --build`, { timeoutMs: 1_500_000 });
    expect(output).toMatch(/^done {7}Images: build tessera-executor:local$/m);
    expect(output).toContain('restart docker-compose.service');
    await expectWorkingSite(machine);
    expect(await inFolder('docker-compose exec -T executor tail -n 1 components/executor/src/main.ts')).toContain(
      'Another version.',
    );
  });

  it('is backed up while it works', async () => {
    client = new SiteClient(await siteUrl(machine));
    const image = await client.upload(picture, 'rocket.jpg');
    finished = await client.ended((await client.submit(image, CANNY)).id);
    expect(finished.state).toBe('done');
    digest = sha256(await client.result(finished.id));
    await inFolder('docker-compose stop executor');
    waiting = await client.submit(image, { ...CANNY, pipeline: [{ op: 'invert' }], split: 'always', verify: true });
    expect(await machine.run(`${backup} backup /var/backups/tessera`)).toMatch(/^(\d+) objects, \1 of them new/);
    expect(await machine.run(`${backup} backup /var/backups/tessera`)).toMatch(/^\d+ objects, 0 of them new/);
    expect((await machine.run(`${backup} list /var/backups/tessera`)).trim().split('\n')).toHaveLength(2);
    expect(await machine.run(`${backup} verify /var/backups/tessera`)).toMatch(/ 0 not as they should be/);
    expect(await machine.run(`${backup} verify-site /var/backups/tessera`)).toMatch(/ 0 not as they should be/);
    expect((await machine.run('stat -c %a /var/backups/tessera')).trim()).toBe('700');
    expect(await machine.attempt(`${backup} restore /var/backups/tessera`)).toMatchObject({
      code: 1,
      output: expect.stringContaining('A master is still at work on the database') as string,
    });
  });

  it('comes back from the backup after all its volumes are lost', async () => {
    await machine.run('systemctl stop docker-compose');
    await inFolder('docker-compose down --volumes');
    // The scratch volume of the executor that replaced another.
    await machine.run('docker volume ls --quiet | xargs --no-run-if-empty docker volume rm');
    await inFolder('docker-compose up --detach database bucket');
    const output = await machine.run(`${backup} restore /var/backups/tessera`);
    expect(output).toMatch(/^(\d+) objects put back\n1 unfinished jobs begin anew\n\1 objects read, 0 not/);
    await machine.run('systemctl start docker-compose');
    await expectWorkingSite(machine);
    expect(sha256(await client.result(finished.id))).toBe(digest);
    const ended = await client.ended(waiting.id);
    expect(ended, JSON.stringify(ended.error)).toMatchObject({ state: 'done' });
  });

  it('goes on being backed up; old backups can go', async () => {
    expect(await machine.run(`${backup} backup /var/backups/tessera`)).toMatch(/objects, \d+ of them new/);
    expect(await machine.run(`${backup} prune /var/backups/tessera 1`)).toMatch(/^2 backups and \d+ objects removed/);
    await machine.run(`${backup} verify /var/backups/tessera`);
  });

  it('leaves nothing behind, of what was built neither', async () => {
    await machine.run('rm -r /var/backups/tessera');
    await machine.run(`${script} --uninstall --yes`);
    expect([...(await files()), await left()]).toEqual(before);
  });
});
