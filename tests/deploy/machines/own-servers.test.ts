import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTemporaryFolder, type TemporaryFolder } from '../../services/temporary-folder.ts';
import { dockerEngine, long, standIn, type DockerEngine } from '../engine/index.ts';
import { releaseArchive } from '../native/native-site.ts';
import { Authority, type Certificate } from '../public-side/authority.ts';
import { composeFiles } from './checkout.ts';
import { ForeignStore } from './foreign-store.ts';
import { archiveImages } from './images-archive.ts';
import { Machine } from './machine.ts';
import { expectWorkingSite } from './working-site.ts';

const brokerScript = 'sudo /tessera/config/broker-node-config.sh';
const serverScript = 'sudo /tessera/config/server-node-config.sh';
const workerScript = 'sudo /tessera/config/worker-node-config.sh';
const given = '--certificate ~/server.pem --key ~/server.key --ca ~/authority.pem';

describe.runIf(long)('machines with certificates and a store of their operator', { timeout: 1_800_000 }, () => {
  let engine: DockerEngine;
  let network: string;
  let folder: TemporaryFolder;
  let authority: Authority;
  let store: ForeignStore;
  let broker: Machine;
  const machines: Machine[] = [];

  beforeAll(async () => {
    engine = await dockerEngine();
    network = `tessera-own-${randomBytes(4).toString('hex')}`;
    await engine.docker(['network', 'create', network]);
    folder = await createTemporaryFolder('own-servers');
    authority = await Authority.create(folder.path, 'own');
    const certificate = await authority.issue('DNS:store.example', 'IP:127.0.0.1');
    store = await ForeignStore.start(engine, { network, folder: folder.path, certificate });
    await store.makeBucket(folder.path, authority.caFile);
    broker = await boot('broker', 'machine');
    await give(broker, await authority.issue('DNS:broker.example'));
  }, 1_200_000);
  afterAll(async () => {
    await Promise.all(machines.map((machine) => machine.remove()));
    await store.remove();
    await engine.docker(['network', 'rm', network]);
    await folder.remove();
  });

  async function boot(name: string, image: 'machine' | 'docker-machine'): Promise<Machine> {
    const folders = { '/srv/files': folder.path };
    const options = { network, image: await standIn(engine, image), checkout: composeFiles, folders };
    const machine = await Machine.boot(engine, name, options);
    machines.push(machine);
    return machine;
  }

  async function give(machine: Machine, { cert, key }: Certificate): Promise<void> {
    const put = async (path: string, file: string) =>
      machine.run(`umask 077; cat >${path}`, { input: await readFile(file, 'utf8') });
    await put('~/server.pem', cert);
    await put('~/server.key', key);
    await put('~/authority.pem', authority.caFile);
  }

  async function carry(from: Machine, to: Machine, file: string): Promise<void> {
    await to.run(`umask 077; cat >~/${file}`, { input: await from.run(`cat /etc/tessera/join/${file}`) });
  }

  async function giveStore(machine: Machine): Promise<void> {
    await machine.run('umask 077; cat >~/s3.env', { input: store.settings });
    await machine.run('cat >/etc/ssl/store-authority.pem', { input: await readFile(authority.caFile, 'utf8') });
  }

  /** What a client of the machine's port sees: the certificate's fingerprint, verified by the authority and the name. */
  const fingerprint = (machine: Machine, port: number, host: string) =>
    machine.run(
      `set -o pipefail; openssl s_client -connect 127.0.0.1:${String(port)} -CAfile ~/authority.pem -verify_hostname ${host} ` +
        '-verify_return_error </dev/null | openssl x509 -noout -fingerprint -sha256',
    );
  const fingerprintOf = (machine: Machine) => machine.run('openssl x509 -in ~/server.pem -noout -fingerprint -sha256');

  it('refuses certificates that no client would believe, and leaves none', async () => {
    const stranger = await Authority.create(folder.path, 'stranger');
    const other = await stranger.issue('DNS:broker.example');
    await broker.run('cat >~/other.key', { input: await readFile(other.key, 'utf8') });
    await broker.run('cat >~/stranger.pem', { input: await readFile(stranger.caFile, 'utf8') });
    await broker.run(
      'openssl req -new -key ~/server.key -subj /CN=x -addext subjectAltName=DNS:broker.example -out ~/x.csr && ' +
        'openssl x509 -req -in ~/x.csr -signkey ~/server.key -copy_extensions copy -days -1 -out ~/ended.pem',
    );
    const address = '--address broker.example';
    for (const [options, sentence] of [
      [`--certificate ~/server.pem --key ~/other.key ${address}`, 'is not that of the certificate'],
      [`--certificate ~/server.pem --key ~/server.key --ca ~/stranger.pem ${address}`, 'is not by the authority'],
      [`${given} --address elsewhere.example`, 'is not for elsewhere.example'],
      [`--certificate ~/ended.pem --key ~/server.key ${address}`, 'has ended'],
      [`--certificate ~/server.key --key ~/server.key ${address}`, 'is no certificate in PEM'],
    ] as const) {
      const refused = await broker.attempt(`${brokerScript} ${options}`);
      expect(refused).toMatchObject({ code: 1, output: expect.stringContaining(sentence) as string });
    }
    const incomplete = await broker.attempt(`${brokerScript} --certificate ~/server.pem`);
    expect(incomplete).toMatchObject({ code: 2, output: expect.stringContaining('needs --key') as string });
    expect(await broker.run('ls -d /etc/tessera 2>/dev/null || true; command -v rabbitmqctl || true')).toBe('');
  });

  it('gives the broker a certificate of its operator, and a renewed one', async () => {
    expect(await broker.run(`${brokerScript} ${given} --address broker.example`)).toContain('ends soon');
    expect(await fingerprint(broker, 5671, 'broker.example')).toBe(await fingerprintOf(broker));
    expect(await broker.run(brokerScript)).toContain('unchanged: this machine is as it should be.');
    const joinFile = await broker.run('cat /etc/tessera/join/server.env');
    await give(broker, await authority.issue('DNS:broker.example'));
    const renewed = await broker.run(`${brokerScript} ${given}`);
    expect(renewed).toContain('restart rabbitmq-server.service');
    expect(await fingerprint(broker, 5671, 'broker.example')).toBe(await fingerprintOf(broker));
    expect(await broker.run('cat /etc/tessera/join/server.env')).toBe(joinFile);
    expect(await broker.run('ls -d /etc/tessera/authority 2>/dev/null || true')).toBe('');
  });

  it('runs a site whose store is elsewhere, with docker', async () => {
    await archiveImages(engine, join(folder.path, 'images.tar'));
    const server = await boot('server', 'docker-machine');
    await carry(broker, server, 'server.env');
    await giveStore(server);
    const output = await server.run(
      `${serverScript} --join ~/server.env --s3-env ~/s3.env --replicas 1 --images /srv/files/images.tar`,
    );
    expect(output).toContain('reach the store at https://store.example:7070');
    await expectWorkingSite(server);
    expect(await store.count('results')).toBeGreaterThan(0);
    expect(await server.run('ss --listening --tcp --numeric')).not.toContain(':7070');
    expect(await server.run(serverScript)).toContain('unchanged: this machine is as it should be.');
    const worker = await server.run('cat /etc/tessera/join/worker.env');
    expect(worker).toContain('S3_ENDPOINT=https://store.example:7070\n');
    expect(worker).toContain('S3_ACCESS_KEY_ID=executor-key-of-the-test\n');
    await server.run(`${serverScript} --uninstall --yes`);
  });

  it('runs a site whose store has a certificate of its operator, and a renewed one', async () => {
    const server = machines.at(-1)!;
    await give(server, await authority.issue('DNS:server.example'));
    await server.run(
      `${serverScript} --join ~/server.env ${given} --address server.example --replicas 1 --images /srv/files/images.tar`,
    );
    await expectWorkingSite(server);
    expect(await fingerprint(server, 7070, 'server.example')).toBe(await fingerprintOf(server));
    await give(server, await authority.issue('DNS:server.example'));
    expect(await server.run(`${serverScript} ${given}`)).toContain('restart docker-compose.service');
    await expectWorkingSite(server);
    expect(await fingerprint(server, 7070, 'server.example')).toBe(await fingerprintOf(server));
    await server.run(`${serverScript} --uninstall --yes`);
    expect(await server.run('ls -d /etc/tessera /opt/tessera 2>/dev/null || true')).toBe('');
  });

  it('runs a site whose store is elsewhere, without docker', async () => {
    const results = await store.count('results');
    const archive = await releaseArchive();
    const [server, worker] = [await boot('native', 'machine'), await boot('worker', 'machine')];
    for (const machine of [server, worker]) {
      await machine.run('cat >~/release.tar.gz', { input: createReadStream(archive) });
    }
    await carry(broker, server, 'server.env');
    await giveStore(server);
    const release = '--native --release-archive ~/release.tar.gz';
    await server.run(`${serverScript} ${release} --join ~/server.env --s3-env ~/s3.env`);
    await carry(server, worker, 'worker.env');
    await worker.run(`${workerScript} ${release} --join ~/worker.env`);
    await expectWorkingSite(server);
    expect(await store.count('results')).toBeGreaterThan(results);
    expect((await server.run('systemctl show -p LoadState --value tessera-store')).trim()).toBe('not-found');
    expect(await server.run(`${serverScript} --native`)).toContain('unchanged: this machine is as it should be.');
    expect(await worker.run(`${workerScript} --native`)).toContain('unchanged: this machine is as it should be.');
  });
});
