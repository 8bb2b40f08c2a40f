import { expect } from 'vitest';
import { ForeignStore } from '../machines/foreign-store.ts';
import { SITE, type OneMachine } from './one-machine.ts';
import { fillIn, type PageBlock } from './page-block.ts';
import type { SceneStep } from './scene.ts';

type Steps = Readonly<Record<string, SceneStep>>;

/** README, "On machines of your own": a site in front of the reader, who sees it and then presses Ctrl-C. */
export function firstSight(place: () => OneMachine): Steps {
  const run = async ({ commands }: PageBlock): Promise<string> => {
    const machine = place();
    await machine.write('/run/reader.sh', commands);
    const unit = ['WorkingDirectory=/tessera', 'KillSignal=SIGINT', 'TimeoutStopSec=120', 'Environment=HOME=/root'];
    await machine.run(
      `systemd-run --unit reader ${unit.map((line) => `--property ${line}`).join(' ')} bash /run/reader.sh`,
    );
    const wait = `until curl --fail --silent ${SITE}/readyz; do sleep 1; systemctl --quiet is-active reader; done`;
    await machine.run(
      `timeout 1100 bash -e -c '${wait}' || { journalctl -u reader --no-pager | tail -n 60 >&2; exit 1; }`,
    );
    await machine.smoke();
    await machine.run('systemctl stop reader');
    return machine.run('journalctl --unit reader --output cat --no-pager');
  };
  const after = async ([printed]: readonly string[]): Promise<void> => {
    expect(printed).toMatch(/Wrote \d+ secrets\./);
    expect(await place().run('docker ps --quiet')).toBe('');
  };
  return { 'On machines of your own': { run, after } };
}

/** docs/operator/docker.md: the site of one machine. */
export function dockerSteps(place: () => OneMachine): Steps {
  const broker = ['broker-master-password', 'broker-executor-password'];
  let before: readonly string[];
  const read = (): Promise<string[]> => Promise.all(broker.map((name) => place().secret(name)));
  return {
    'A site on one machine': {
      after: async ([output]) => {
        expect(output).toContain('The result is right in every pixel.');
        // "Nothing else is published", and that only to this machine.
        const listening = await place().run("ss --listening --tcp --numeric --no-header | awk '{ print $4 }'");
        expect(listening.split('\n').filter((line) => /:(8080|5672|5432|7070)$/.test(line))).toEqual([
          '127.0.0.1:8080',
        ]);
      },
    },
    Secrets: {
      before: async () => {
        before = await read();
      },
      after: async ([, token = '']) => {
        await place().smoke();
        for (const [index, value] of (await read()).entries()) expect(value).not.toBe(before[index]);
        expect(await place().executors(token.trim())).toBe(1);
      },
    },
    "RabbitMQ's page": {
      after: async ([output = '']) => {
        const password = output.trim().split('\n').at(-1)?.trim() ?? '';
        const ask = (path: string, more = ''): Promise<string> =>
          place().run(
            `curl --silent --output /dev/null --write-out '%{http_code}' --retry 60 --retry-delay 1 --retry-all-errors ${more} ` +
              `--user 'tessera-operator:${password}' http://127.0.0.1:15672${path}`,
          );
        expect(await ask('/')).toBe('200');
        expect(await ask('/api/queues/tessera')).toBe('200');
        expect(await ask('/api/vhosts/another', '--request PUT')).toMatch(/^40[13]$/);
      },
    },
    'The images': { after: async ([output]) => expect(output).toMatch(/^v24\.\d+\.\d+$/m) },
  };
}

/** docs/operator/docker.md, "A store elsewhere": versitygw as store.example, to which an operator has root's key. */
export function storeSteps(place: () => OneMachine): Steps {
  let store: ForeignStore;
  // No authority that systems know signs for a test: here it is plain HTTP.
  const [named, given] = ['https://store.example:7070', 'http://store.example:7070'];
  const run = (block: PageBlock): Promise<string> =>
    place().run(block.commands.includes(named) ? fillIn(block, { [named]: given }) : block);
  const before = async (): Promise<void> => {
    const machine = place();
    await machine.run('docker compose down --volumes');
    store = await ForeignStore.start(machine.engine, { network: machine.network, folder: machine.folder });
    const { root, master, executor } = store.keys;
    const own = 'chown 10001:10001 /etc/tessera/secrets/* && chmod 400 /etc/tessera/secrets/*';
    await machine.write('/tessera/root-access-key-id', root.id);
    await machine.write('/tessera/root-secret-access-key', root.secret);
    for (const [name, key] of [
      ['', master],
      ['executor-', executor],
    ] as const) {
      await machine.write(`/etc/tessera/secrets/${name}s3-access-key-id`, key.id);
      await machine.write(`/etc/tessera/secrets/${name}s3-secret-access-key`, key.secret);
    }
    await machine.run(own);
    await machine.write('/tessera/.env', `S3_ENDPOINT=${given}\n`);
  };
  const after = async (): Promise<void> => {
    await place().smoke();
    expect(await store.count('results', 'tessera')).toBeGreaterThan(0);
    await place().run('docker compose -f docker-compose.yml -f docker-external-store.yml down --volumes');
    await store.remove();
  };
  return { 'A store elsewhere': { before, run, after } };
}
