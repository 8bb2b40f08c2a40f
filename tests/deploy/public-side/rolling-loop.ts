import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { blocksFor } from '../pages/page-block.ts';

/** A machine of the page's loop, which here is a process of the test. */
export interface MasterMachine {
  /** What systemd does there: stops the master in order, and starts it again. */
  restart(): Promise<void>;
  /** The port of its master on this machine. */
  readonly port: number;
}

/** `ssh MACHINE COMMAND…` for the two commands of the loop; any other is a fault. */
const SSH = `#!/bin/sh
machine=$1
shift
case "$*" in
  'sudo systemctl restart tessera-master') exec curl -fsS -X POST "http://127.0.0.1:$LOOP_PORT/$machine" ;;
  'curl -fsS http://127.0.0.1:8080/readyz') exec curl -fsS "http://127.0.0.1:$LOOP_PORT/$machine" ;;
esac
echo "ssh: $*" >&2
exit 99
`;

/**
 * Runs the page's loop over all masters word for word.
 *
 * @param folder for the stand-in of ssh.
 * @param machines by the names that the page gives them.
 */
export async function followRollingLoop(
  folder: string,
  machines: Readonly<Record<string, MasterMachine>>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'ssh'), SSH);
  await chmod(join(folder, 'ssh'), 0o755);
  const server = createServer((request, response) => {
    const machine = machines[request.url?.slice(1) ?? ''];
    const act = async (): Promise<number> => {
      if (machine === undefined) return 404;
      if (request.method === 'GET') return (await fetch(`http://127.0.0.1:${String(machine.port)}/readyz`)).status;
      await machine.restart();
      return 200;
    };
    void act().then(
      (status) => response.writeHead(status).end(),
      () => response.writeHead(502).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH ?? ''}`, LOOP_PORT: String(port) };
  try {
    for (const { commands } of blocksFor('docs/operator/public-side.md', ['rolling']))
      await promisify(execFile)('bash', ['-e', '-c', commands], { env });
  } finally {
    server.close();
  }
}
