import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dockerEngine, long } from '../engine/index.ts';
import { Machine } from './machine.ts';
import { killMainProcess, readUnit } from './unit.ts';

const script = 'sudo /tessera/config/broker-node-config.sh';
const unit = 'rabbitmq-server.service';

describe('a clean machine becomes a broker node', () => {
  let machine: Machine;
  let before: readonly string[];
  beforeAll(async () => {
    machine = await Machine.boot(await dockerEngine(), 'broker', { checkout: ['config'] });
    before = await machine.files();
  });
  afterAll(() => machine.remove());

  it('says what it would do, and does nothing', async () => {
    expect(await machine.run(`${script} --dry-run`)).toContain('would do   RabbitMQ: ');
    expect(await machine.files()).toEqual(before);
  });

  it('refuses systems that it was not made for, and users other than root', async () => {
    const other = await machine.attempt(
      `sed 's/^VERSION_ID=.*/VERSION_ID="11"/' /etc/os-release >/tmp/other && unshare --mount bash -c ` +
        `'mount --bind /tmp/other /etc/os-release && ${script}'`,
    );
    expect(other).toMatchObject({ code: 1, output: expect.stringContaining('this system is debian 11') as string });
    const nobody = await machine.attempt('sudo -u nobody /tessera/config/broker-node-config.sh');
    expect(nobody).toMatchObject({ code: 1, output: expect.stringContaining('run it as root') as string });
  });

  it('installs and configures RabbitMQ', async () => {
    expect(await machine.run(`${script} --address broker --address 10.0.0.9`)).not.toContain('unchanged: ');
    expect(await readUnit(machine, unit)).toMatchObject({ ActiveState: 'active', UnitFileState: 'enabled' });
    const users = await machine.run('rabbitmqctl --quiet list_users');
    expect(users.trim().split('\n').slice(1).sort()).toEqual(['tessera-executor\t[]', 'tessera-master\t[]']);
    const [, ...listeners] = (await machine.run('ss --listening --tcp --numeric | grep -v 127.0.0.'))
      .trim()
      .split('\n');
    expect(listeners.map((line) => line.split(/\s+/)[3])).toEqual(['*:5671']);
    const tls = await machine.run(
      'openssl s_client -connect 127.0.0.1:5671 -CAfile <(sed -n s/^AMQP_CA=//p /etc/tessera/join/server.env | base64 -d) ' +
        '-verify_return_error -verify_ip 10.0.0.9 </dev/null',
    );
    expect(tls).toContain('Verify return code: 0 (ok)');
  });

  it('keeps passwords in files of root alone', async () => {
    const secrets = await machine.run('cat /etc/tessera/secrets/broker-*-password | fold -w 64');
    const input = secrets.trim();
    expect(input.split('\n')).toHaveLength(2);
    expect(await machine.run('find /etc/tessera/{secrets,join} -perm /077')).toBe('');
    const open = 'journalctl --no-pager; ps axeww; cat /var/log/rabbitmq/*; grep -r . /etc/systemd /etc/rabbitmq';
    expect(await machine.run(`cat >/run/words; { ${open}; } | grep -F -f /run/words; rm /run/words`, { input })).toBe(
      '',
    );
  });

  it('changes nothing the second time, and remembers its options', async () => {
    const stamps = "find /etc /opt /var/lib/tessera -printf '%p %T@\\n' | sort";
    const files = await machine.run(stamps);
    const state = await readUnit(machine, unit);
    const lines = (await machine.run(script)).split('\n');
    expect(lines.filter((line) => /^(done|would do|failed)/.test(line))).toEqual([]);
    expect(lines).toContain('unchanged: this machine is as it should be.');
    expect(await machine.run(stamps)).toBe(files);
    expect(await readUnit(machine, unit)).toEqual(state);
  });

  it('puts right what was changed by hand', async () => {
    await machine.run(
      'rabbitmqctl --quiet set_permissions -p tessera tessera-executor ".*" ".*" ".*"; chmod 644 /etc/tessera/join/server.env; ' +
        'echo forgotten | rabbitmqctl --quiet change_password tessera-master; cd /etc/tessera; ' +
        // A certificate as ours, but one that ends soon.
        'openssl req -new -key tls/server.key -subj /CN=soon | openssl x509 -req -days 30 -CA authority/ca.pem ' +
        '-CAkey authority/ca.key -extfile <(echo subjectAltName=DNS:broker,IP:10.0.0.9) -out tls/server.pem',
    );
    const output = await machine.run(script);
    expect(output).toContain('make a certificate for broker 10.0.0.9');
    expect(output).toContain('change the password of tessera-master');
    expect(output).toContain('set the permissions of tessera-executor');
    expect(output).toContain('restart rabbitmq-server.service');
    expect(await machine.run('stat -c %a /etc/tessera/join/server.env')).toBe('600\n');
  });

  it.runIf(long)('is back after its process was killed', async () => {
    const seconds = await killMainProcess(machine, unit);
    // RabbitMQ itself takes four seconds to start on two free cores, and more on busy ones.
    expect(seconds).toBeLessThan(30);
  });

  it('leaves nothing behind', async () => {
    const refused = await machine.attempt(`${script} --uninstall </dev/null`);
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('say --yes') as string });
    await machine.run(`${script} --uninstall --yes --purge-packages`);
    expect(await machine.files()).toEqual(before);
    expect(await machine.run('getent passwd rabbitmq || true')).toBe('');
    expect((await machine.attempt(`${script} --uninstall --yes`)).output).toContain('unchanged: ');
  });
});
