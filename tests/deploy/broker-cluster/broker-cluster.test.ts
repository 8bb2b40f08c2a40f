import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { long } from '../engine/long.ts';
import { blocksFor, fillIn } from '../pages/page-block.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { basic } from './broker-users.ts';
import { ClusterScene } from './cluster-scene.ts';
import { outages } from './outages.ts';

const TASKS = 'tessera.tasks.v1';

describe.runIf(long)('a broker of three nodes under two masters', () => {
  let scene: ClusterScene;
  let digest: string;
  beforeAll(async () => {
    scene = await ClusterScene.start();
    digest = await scene.referenceDigest();
  });
  afterAll(() => scene.stop());

  it('every queue has a member on each node', async () => {
    const queues = await scene.broker.queues();
    expect(queues.map(({ name }) => name).sort()).toEqual(['tessera.dead.v1', 'tessera.events.v1', TASKS]);
    const nodes = scene.broker.nodes.map(({ name }) => name).sort();
    for (const { members, online } of queues) {
      expect([...members].sort()).toEqual(nodes);
      expect([...online].sort()).toEqual(nodes);
    }
  });

  it.each(['leader', 'follower'] as const)(
    'SIGKILL of the %s of the task queue in mid-job, and back: both masters’ jobs are exact',
    async (role) => {
      const jobs = await scene.submitByEach();
      const { [role]: victim } = await scene.broker.roles(TASKS);
      await scene.underWay(jobs);
      await victim.kill();
      const seconds = await scene.flowsAgain(jobs);
      await victim.start();
      await scene.expectExact(jobs, digest);
      await scene.broker.waitUntilWhole();
      await scene.expectEmptyQueues();
      expect(seconds).toBeLessThan(20);
    },
  );

  it.for(long ? outages.map((outage) => [outage.name, outage] as const) : [])(
    '%s, in mid-job: every job is exact',
    async ([, { begin, atMostSeconds }], { annotate }) => {
      const jobs = await scene.submitByEach(2);
      const roles = await scene.broker.roles(TASKS);
      await scene.underWay(jobs);
      const end = await begin({ broker: scene.broker, ...roles });
      const seconds = await scene.flowsAgain(jobs);
      await end();
      await scene.expectExact(jobs, digest);
      await scene.broker.waitUntilWhole();
      await scene.expectEmptyQueues();
      await annotate(`flows again after ${seconds.toFixed(1)} s, ${String(await scene.repeats(jobs))} repeated`);
      expect(seconds).toBeLessThan(atMostSeconds);
    },
  );

  it.each(long ? ['a member that was removed'] : [])('%s is added again by `rabbitmq-queues grow`', async () => {
    const { leader, follower } = await scene.broker.roles(TASKS);
    await leader.queues('delete_member', '--vhost', 'tessera', TASKS, follower.name);
    expect((await scene.broker.queue(TASKS)).members).toHaveLength(2);
    // The page's commands, of which one adds what is missing.
    for (const block of blocksFor('docs/operator/scale.md', ['broker'])) {
      const printed = await leader.shell(fillIn(block, { 'rabbit@broker-3': follower.name }).commands);
      expect(printed).toContain(TASKS);
    }
    await scene.broker.waitUntilWhole();
  });

  it('the scaler’s user reads how many messages wait or are worked on, and may do nothing else', async () => {
    const headers = basic('tessera-scaler', scene.broker.password('tessera-scaler'));
    const api = `${(await scene.broker.alive()).managementUrl}/api`;
    const url = `${api}/queues/tessera/${TASKS}`;
    const length = async (): Promise<number> => {
      const { messages = 0 } = (await (await fetch(url, { headers })).json()) as { messages?: number };
      return messages;
    };
    const jobs = await scene.submitByEach();
    // Two slots have two tasks at least; what is ready beside them is told in the same number. The broker counts every few
    // seconds, in which a free machine may have done all there was: there is more until it is seen.
    const seesWork = async (): Promise<boolean> => {
      if ((await length()) > 2) return true;
      jobs.push(...(await scene.submitByEach()));
      return false;
    };
    await waitUntil('the scaler sees work', seesWork, { ms: 30_000 });
    await scene.expectExact(jobs, digest);
    await waitUntil('the scaler sees none', async () => (await length()) === 0, { ms: 30_000 });
    const forbidden = [
      fetch(url, { method: 'DELETE', headers }),
      fetch(`${url}/get`, {
        method: 'POST',
        headers,
        body: '{"count":1,"ackmode":"ack_requeue_true","encoding":"auto"}',
      }),
      fetch(`${api}/users`, { headers }),
    ];
    for (const { status } of await Promise.all(forbidden)) expect([401, 403]).toContain(status);
  });
});
