import { setTimeout as sleep } from 'node:timers/promises';
import type { BrokerCluster } from './broker-cluster.ts';
import type { BrokerNode } from './broker-node.ts';
import { Partition, type Isolation } from './partition.ts';

/** What happens to the broker, and to which of its nodes. */
export interface Outage {
  readonly name: string;
  /** Seconds within which work flows again. */
  readonly atMostSeconds: number;
  /** Begins the outage. @returns what ends it. */
  readonly begin: (stage: Stage) => Promise<() => Promise<void>>;
}

interface Stage {
  readonly broker: BrokerCluster;
  /** Of the task queue. */
  readonly leader: BrokerNode;
  readonly follower: BrokerNode;
}

/** Long enough for both sides to notice: 12.5 s at most after the last sign of life. */
const PARTITION_MILLISECONDS = 20_000;

const kill = (number: number): Outage => ({
  name: `SIGKILL of node ${String(number)}`,
  atMostSeconds: 30,
  begin: async ({ broker }) => {
    const node = broker.nodes[number - 1];
    await node?.kill();
    return async () => node?.start();
  },
});

const isolation = (role: 'leader' | 'follower', isolated: Isolation): Outage => ({
  name: `the ${role} of the task queue is cut off ${isolated}`,
  // Two ticks of the nodes, and heartbeats of clients that lose their connection without being told.
  atMostSeconds: 60,
  begin: async (stage) => {
    const partition = await Partition.start(stage[role].address, isolated);
    const noticed = sleep(PARTITION_MILLISECONDS);
    return async () => {
      await noticed;
      await partition.heal();
    };
  },
});

/** The outages of the long form, in their order. */
export const outages: readonly Outage[] = [
  ...[1, 2, 3, 1, 2, 3].map(kill),
  isolation('leader', 'from its peers'),
  isolation('leader', 'from everybody'),
  isolation('follower', 'from everybody'),
  {
    name: 'two of three nodes are killed, and come back after 20 s',
    atMostSeconds: 60,
    begin: async ({ leader, follower }) => {
      await Promise.all([leader.kill(), follower.kill()]);
      await sleep(20_000);
      await Promise.all([leader.start(), follower.start()]);
      return () => Promise.resolve();
    },
  },
];
