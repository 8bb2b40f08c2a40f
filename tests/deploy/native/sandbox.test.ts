import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../../services/wait-until.ts';
import { long } from '../engine/index.ts';
import type { Machine } from '../machines/machine.ts';
import { killMainProcess } from '../machines/unit.ts';
import { bootBareMachine, replaceProgram } from './bare-machine.ts';
import { exposureOf, HIGHEST_EXPOSURE, showUnit } from './units.ts';

const executor = 'tessera-executor@1.service';
const node = '/opt/tessera/current/bin/node';

/** Those of the project's tests that the sandbox could break: children, files, memory figures. */
const shortTests = ['packages/codec/src/decode/decoder.test.ts', '-t', 'environment|complete|deadline|memory|killed'];
const longTests = [
  'packages/codec/src/decode',
  'packages/codec/src/window',
  'packages/codec/src/scan',
  'packages/imaging/src/operations',
  'packages/imaging/src/simd',
  'packages/runtime',
];

describe("the executor's unit on a running systemd", () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootBareMachine('sandbox');
  });
  afterAll(() => machine.remove());

  it('keeps Node running, and is shut off', async () => {
    await machine.run(`systemctl start ${executor}`);
    await waitUntil('Node has begun to look for the broker', looksForBroker, { ms: 30_000 });
    expect(await showUnit(machine, executor, 'ActiveState', 'NRestarts')).toEqual({
      ActiveState: 'active',
      NRestarts: '0',
    });
    const exposure = exposureOf(await machine.run(`systemd-analyze security --no-pager ${executor}`));
    expect(exposure).toBeLessThanOrEqual(HIGHEST_EXPOSURE);
    const status = await machine.run(`cat /proc/$(systemctl show -P MainPID ${executor})/status`);
    expect(status).toMatch(/^CapBnd:\t0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    expect(status).toMatch(/^Seccomp:\t2$/m);
  });

  it('is back within five seconds after SIGKILL', async () => {
    const seconds = await killMainProcess(machine, executor);
    // Beside other tests all that is seen is that it does come back.
    expect(seconds).toBeLessThan(long ? 5 : 30);
  });

  it('ends in order at SIGTERM', async () => {
    await waitUntil('Node has begun to look for the broker', looksForBroker, { ms: 30_000 });
    await machine.run(`systemctl stop ${executor}`);
    const journal = await machine.run(`journalctl -u ${executor} --output cat | tail -n 3`);
    expect(journal).toContain(`${executor}: Deactivated successfully.`);
  });

  it.each([
    ['a setting that can not be right', 'echo EXECUTOR_SLOTS=many >>/etc/tessera/executor.env', '78'],
    ['a secret that is missing', 'mv /etc/tessera/secrets/amqp-url ~/', '243'],
  ])('is not tried again with %s', async (_, spoil, code) => {
    await machine.run(`cp -a /etc/tessera ~/kept; ${spoil}`);
    try {
      await machine.attempt(`systemctl start ${executor}`);
      const ended = { ActiveState: 'failed', ExecMainStatus: code, NRestarts: '0' };
      const names = Object.keys(ended);
      await waitUntil(
        'the unit failed',
        async () => (await showUnit(machine, executor, ...names)).ActiveState === 'failed',
        { ms: 20_000 },
      );
      await new Promise((resolve) => setTimeout(resolve, 2000));
      expect(await showUnit(machine, executor, ...names)).toEqual(ended);
    } finally {
      await machine.run(`rm -rf /etc/tessera; mv ~/kept /etc/tessera; systemctl reset-failed ${executor}`);
    }
  });

  it('logs lines of JSON, and no secret', async () => {
    const lines = (await machine.run('journalctl -t tessera-executor --output cat')).trim().split('\n');
    const plain = lines.filter((line) => !line.startsWith('{'));
    for (const line of lines.filter((line) => line.startsWith('{'))) {
      expect(JSON.parse(line)).toMatchObject({ name: 'executor', msg: expect.any(String) as string });
    }
    expect(plain.join('\n')).toBe('The configuration is not valid:\n  EXECUTOR_SLOTS: must be a whole number');
    const seen = await machine.run(
      `systemctl start ${executor}; sleep 1; journalctl --no-pager; systemctl show ${executor}; systemctl cat ${executor}; ps axeww`,
    );
    expect(seen).toContain('/credentials/tessera-executor@1.service/amqp-url');
    expect(seen).not.toMatch(/nobody:nothing|s3-secret-of-the-test/);
    await machine.run(`systemctl stop ${executor}`);
  });

  it('ends what takes too much memory, and nothing else', async () => {
    // The child allocates until it is killed; the parent tells of it and lives on.
    const eater = `
      const { fork } = require('node:child_process');
      if (process.argv[2] === 'eat') { const kept = []; for (;;) kept.push(Buffer.alloc(1 << 24, 1)); }
      const child = fork(__filename, ['eat']);
      require('node:fs').writeFileSync('/proc/' + child.pid + '/oom_score_adj', '1000');
      child.on('exit', (code, signal) => { console.log('child', signal); setTimeout(() => console.log('parent lives'), 500); });`;
    await machine.run('cat >/opt/eater.cjs', { input: eater });
    const unit = await replaceProgram(machine, 'eater', `${node} /opt/eater.cjs`, [
      'Type=oneshot',
      'MemoryHigh=infinity',
      'MemoryMax=256M',
    ]);
    await machine.run(`systemctl start ${unit}`);
    expect(await machine.run(`journalctl -u ${unit} --output cat`)).toMatch(/child SIGKILL\n(.*\n)*parent lives/);
  });

  it('may not start more tasks than its unit says', async () => {
    const spawner = `
      const { spawn } = require('node:child_process');
      let refused = 0;
      for (let n = 0; n < 80; n++) spawn('sleep', ['3']).on('error', (error) => { if (error.code === 'EAGAIN') refused++; });
      setTimeout(() => { console.log('refused some: ' + (refused > 0)); process.exit(); }, 500);`;
    await machine.run('cat >/opt/spawner.cjs', { input: spawner });
    const unit = await replaceProgram(machine, 'spawner', `${node} /opt/spawner.cjs`, ['Type=oneshot', 'TasksMax=40']);
    await machine.run(`systemctl start ${unit}`);
    expect(await machine.run(`journalctl -u ${unit} --output cat`)).toContain('refused some: true');
  });

  it("passes the project's own tests inside", { timeout: 600_000 }, async () => {
    const cache = '/var/cache/tessera/executor-tests';
    const report = `${cache}/report.json`;
    // Nothing can be installed or started for them inside.
    const config = `
      import project from '/srv/tessera/vitest.config.ts';
      export default { ...project, test: { ...project.test, globalSetup: [], testTimeout: 120_000 } };`;
    await machine.run('cat >/opt/vitest.config.mjs', { input: config });
    const options = `run --project unit --root /srv/tessera --config /opt/vitest.config.mjs --configLoader runner --no-cache`;
    const reporters = `--reporter=default --reporter=json --outputFile.json=${report}`;
    const program = `${node} node_modules/vitest/vitest.mjs ${options} ${reporters} ${(long ? longTests : shortTests).join(' ')}`;
    const unit = await replaceProgram(machine, 'tests', program, [
      'Type=oneshot',
      'WorkingDirectory=/srv/tessera',
      `Environment=CI=1 NO_COLOR=1 HOME=${cache}`,
    ]);
    const { code } = await machine.attempt(`systemctl start ${unit}`);
    const journal = await machine.run(`journalctl -u ${unit} --output cat | tail -n 60`);
    const { numPassedTests, numFailedTests } = JSON.parse(await machine.run(`cat ${report}`)) as Record<string, number>;
    expect({ code, numFailedTests }, journal).toEqual({ code: 0, numFailedTests: 0 });
    expect(numPassedTests).toBeGreaterThanOrEqual(long ? 100 : 5);
  });

  /** Whether the process that runs now has logged something. */
  async function looksForBroker(): Promise<boolean> {
    return (await machine.run(`journalctl --output cat _PID=$(systemctl show -P MainPID ${executor})`)).includes('{');
  }
});
