import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../../cluster/cluster.ts';
import type { NodeProcess } from '../../cluster/node-process.ts';
import { freePort } from '../../services/free-port.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../services/temporary-folder.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { long } from '../engine/long.ts';
import { Authority } from './authority.ts';
import { Proxy, type ProxyKind } from './proxy.ts';
import { SecureClient } from './secure-client.ts';
import { ownServers } from '../../cluster/own-servers.ts';
import { followRollingLoop, type MasterMachine } from './rolling-loop.ts';
import { LoadReport, Visitor, type Work } from './visitor.ts';

const VISITORS = 6;
/** Requests at least, and how often everything is restarted. */
const [REQUESTS, ROUNDS] = long ? [1500, 3] : [300, 1];
const photos = fileURLToPath(new URL('../../../fixtures/photos/', import.meta.url));

let folder: TemporaryFolder;
let authority: Authority;
let cluster: Cluster;
let second: { node: NodeProcess; readonly port: number };
let pieces: readonly Work[];

beforeAll(async () => {
  folder = await createTemporaryFolder('rolling');
  authority = await Authority.create(folder.path, 'site');
  pieces = await Promise.all(
    ['astronaut.png', 'chelsea.png', 'coffee.png', 'rocket.jpg'].map(async (name, index): Promise<Work> => {
      const photo = await sharp(join(photos, name)).resize(320, 320).jpeg().toBuffer();
      return { photo, split: index === 0 ? 'always' : 'never' };
    }),
  );
});
afterAll(() => folder.remove());

const kinds: readonly ProxyKind[] = long ? ['nginx', 'caddy'] : ['nginx'];

describe.each(kinds)('everything restarted behind %s, one after the other, under load', (kind) => {
  beforeAll(async () => {
    // As the heads of the examples say.
    const env = { TRUST_PROXY: '1', DRAIN_DELAY_SECONDS: kind === 'caddy' ? '3' : '0' };
    cluster = await Cluster.start(await ownServers(), { executors: 2, slots: 1, env });
    const port = await freePort();
    second = { port, node: await cluster.addMaster(port) };
  });
  afterAll(() => cluster.stop());

  it('costs no request, no attempt and no change', async () => {
    const place = join(folder.path, kind);
    await mkdir(place);
    const masters = [Number(new URL(cluster.url).port), second.port];
    const certificate = await authority.issue('DNS:localhost');
    const proxy = await Proxy.start(kind, { folder: place, certificate, masters });
    const ca = await readFile(authority.caFile);
    const report = new LoadReport();
    const visitors = await Promise.all(
      Array.from({ length: VISITORS }, () => Visitor.arrive(new SecureClient({ port: proxy.port, ca }), report)),
    );
    const stop = new AbortController();
    const begun = performance.now();
    const working = visitors.map((visitor, index) =>
      visitor.work([...pieces.slice(index % 4), ...pieces.slice(0, index % 4)], stop.signal),
    );
    const stopped: number[] = [];
    for (let round = 0; round < ROUNDS; round++) stopped.push(...(await restartAll()));
    await waitUntil('there were enough requests', () => report.requests >= REQUESTS, { ms: 240_000 });
    stop.abort();
    await Promise.all(working);
    const seconds = (performance.now() - begun) / 1000;
    const done = () => visitors.every(({ events }) => [...events.jobs.values()].every((state) => state === 'done'));
    await waitUntil('all is told', done, { ms: 5000 }).catch(() => undefined);
    const missed = (await Promise.all(visitors.map((visitor) => visitor.missed()))).flat();
    const streams = visitors.flatMap(({ events }) => events.failures);
    const resumed = visitors.reduce((sum, { events }) => sum + events.resumed, 0);
    await Promise.all(visitors.map((visitor) => visitor.leave()));
    const errors = await proxy.errors();
    await proxy.stop();
    const slow = report.milliseconds.sort((a, b) => a - b);
    const { requests, jobs, burnt, wrongResults, failures } = report;
    const at = (share: number) => Math.round(slow[Math.floor(slow.length * share)] ?? 0);
    process.stdout.write(
      `${kind}: ${String(requests)} requests in ${seconds.toFixed(1)} s (median ${String(at(0.5))} ms, ` +
        `99 % ${String(at(0.99))} ms, slowest ${String(at(0.9999))} ms), ${String(failures.length)} failed; ` +
        `${String(jobs)} jobs, ${String(burnt.length)} attempts burnt, ${String(wrongResults)} results wrong; ` +
        `${String(resumed)} streams resumed, ${String(streams.length)} broken, ${String(missed.length)} changes missed; ` +
        `processes stopped in ${stopped.map((ms) => (ms / 1000).toFixed(1)).join(', ')} s\n`,
    );
    if (failures.length > 0) process.stdout.write(`${errors}\n`);
    expect({ failures: failures.slice(0, 20), streams, missed, burnt, wrongResults }).toEqual({
      failures: [],
      streams: [],
      missed: [],
      burnt: [],
      wrongResults: 0,
    });
    expect(requests).toBeGreaterThanOrEqual(REQUESTS);
    expect(resumed).toBeGreaterThan(0);
  });
});

/** Restarts both masters by the page's loop, then both executors, by SIGTERM. Gives the times to stop. */
async function restartAll(): Promise<readonly number[]> {
  const times: number[] = [];
  const timed = async (node: NodeProcess): Promise<void> => {
    const begun = performance.now();
    await node.terminate();
    times.push(performance.now() - begun);
  };
  const first: MasterMachine = {
    port: Number(new URL(cluster.url).port),
    restart: async () => {
      await timed(cluster.master);
      await cluster.startMaster();
    },
  };
  const other: MasterMachine = {
    port: second.port,
    restart: async () => {
      await timed(second.node);
      second.node = await cluster.addMaster(second.port);
    },
  };
  await followRollingLoop(join(folder.path, 'loop'), { 'server-1': first, 'server-2': other });
  for (const executor of cluster.executors.splice(0)) {
    await timed(executor);
    const next = cluster.startExecutor();
    await waitUntil('the executor is back', () => next.lines('executor:started').length > 0, { ms: 30_000 });
  }
  return times;
}
