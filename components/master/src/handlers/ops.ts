import type { OpsQueue, OpsRelay } from '@tessera/contracts';
import type { Broker } from '@tessera/queue';
import { AppError, type Metrics } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { JobStore, TaskNote } from '@tessera/store';
import { inFlightWindow } from '../background/in-flight-window.ts';
import type { MasterConfig } from '../config.ts';
import { counterValue } from '../ops/counter-value.ts';
import { executorDto } from '../ops/executor-dto.ts';
import type { KnownExecutor } from '../ops/known-executors.ts';
import { measurePrefix, measureScratch } from '../ops/measure-storage.ts';
import { QUEUES, type OpsSampler } from '../ops/ops-sampler.ts';
import { SAMPLE_SECONDS } from '../ops/sample-series.ts';
import type { HandlersOf } from './parts.ts';

export interface OpsParts {
  readonly store: JobStore;
  readonly objects: ObjectStore;
  readonly broker: Broker;
  readonly metrics: Metrics;
  readonly sampler: OpsSampler;
  /** Tasks that the living executors can run at one time. */
  readonly slots: () => number;
  readonly now: () => Date;
  readonly config: Pick<
    MasterConfig,
    'ADMIN_TOKEN' | 'MASTER_SCRATCH' | 'KEEP_FAILED_WORK_HOURS' | 'KEEP_RESULTS_HOURS' | 'KEEP_UPLOADS_HOURS'
  >;
}

type Ids =
  | 'getOpsAccess'
  | 'getOpsOverview'
  | 'getOpsSeries'
  | 'listOpsExecutors'
  | 'getOpsExecutor'
  | 'getOpsQueues'
  | 'getOpsStorage';

/** What operators see of executors, queues and storage. */
export function opsHandlers(parts: OpsParts): HandlersOf<Ids> {
  const { store, objects, broker, metrics, sampler, now, config } = parts;
  const at = (): string => now().toISOString();
  const keeping = { keepFailedSeconds: config.KEEP_FAILED_WORK_HOURS * 3600 };
  const notesOf = async (known: readonly KnownExecutor[]): Promise<ReadonlyMap<string, TaskNote>> => {
    const tasks = known.flatMap(({ alive, presence }) => (alive ? presence.tasks.map(({ task }) => task) : []));
    return new Map((await store.describeTasks(tasks)).map((note) => [note.id, note]));
  };

  return {
    getOpsAccess: () => ({ configured: config.ADMIN_TOKEN !== undefined }),

    async getOpsOverview() {
      const [work, groups] = await Promise.all([store.countWork(), store.deadGroups(keeping)]);
      const alive = sampler.executors.list().filter((known) => known.alive);
      const working = alive.map(({ presence }) => presence);
      const sum = (figures: readonly number[]): number => figures.reduce((total, one) => total + one, 0);
      return {
        at: at(),
        executors: {
          alive: working.length,
          busy: working.filter(({ tasks }) => tasks.length > 0).length,
          draining: working.filter(({ draining }) => draining).length,
          unwilling: working.filter(({ draining, willing }) => !draining && willing === false).length,
          slots: parts.slots(),
          busySlots: sum(working.map(({ tasks }) => tasks.length)),
        },
        jobs: { queued: work.queued, running: work.running },
        oldestReadySeconds: work.oldestReadySeconds,
        dead: { groups: groups.length, jobs: sum(groups.map(({ jobs }) => jobs)) },
        redrives: work.openRedrives,
        broker: brokerState(broker),
        lastDoneAt: work.lastDoneAt?.toISOString() ?? null,
      };
    },

    getOpsSeries({ query }) {
      const { everySeconds, samples } = sampler.series.read(query.span);
      const since = new Date(sampler.since).toISOString();
      return { at: at(), span: query.span, everySeconds, since, samples: [...samples] };
    },

    async listOpsExecutors() {
      const known = sampler.executors.list();
      const notes = await notesOf(known);
      return { at: at(), executors: known.map((one) => executorDto(one, notes)) };
    },

    async getOpsExecutor({ params }) {
      const known = sampler.executors.list().find(({ presence }) => presence.executor === params.executor);
      if (known === undefined) throw new AppError('NOT_FOUND');
      return {
        at: at(),
        executor: executorDto(known, await notesOf([known])),
        everySeconds: SAMPLE_SECONDS,
        samples: known.samples.map(({ at: time, seconds, done, busySlots, load }) => ({
          at: new Date(time).toISOString(),
          tasksPerSecond: done / seconds,
          busySlots,
          load,
        })),
      };
    },

    async getOpsQueues() {
      const [work, depths, failedPublishes, unreadableDead] = await Promise.all([
        store.countWork(),
        sampler.depths(),
        counterValue(metrics, 'tessera_tasks_published_total', { outcome: 'failed' }),
        counterValue(metrics, 'tessera_dead_letters_unreadable_total'),
      ]);
      const takers = sampler.executors.list().filter(({ alive, presence }) => alive && !presence.draining).length;
      const queues = QUEUES.map((queue): OpsQueue => {
        // Executors tell of themselves; of masters nobody knows but the broker.
        return { queue, depth: depths[queue], consumers: queue === 'tasks' ? takers : null };
      });
      const state = brokerState(broker);
      const { published, started, finished } = sampler.rates;
      const relay: OpsRelay = {
        state: state === 'connected' ? 'publishing' : state,
        window: inFlightWindow(parts.slots()),
        inFlight: work.inFlight,
        ready: work.ready,
        oldestReadySeconds: work.oldestReadySeconds,
        publishedPerSecond: published,
        startedPerSecond: started,
        finishedPerSecond: finished,
        failedPublishes,
      };
      return { at: at(), queues, relay, unreadableDead };
    },

    async getOpsStorage() {
      const [use, pieces, arriving, incoming] = await Promise.all([
        store.storageUse(),
        measurePrefix(objects, 'work/'),
        measurePrefix(objects, 'incoming/'),
        measureScratch(config.MASTER_SCRATCH),
      ]);
      return {
        at: at(),
        ...use,
        pieces,
        incoming: {
          ...incoming,
          objects: incoming.objects + (arriving?.objects ?? 0),
          bytes: incoming.bytes + (arriving?.bytes ?? 0),
        },
        keep: {
          resultsHours: config.KEEP_RESULTS_HOURS,
          uploadsHours: config.KEEP_UPLOADS_HOURS,
          failedWorkHours: config.KEEP_FAILED_WORK_HOURS,
        },
      };
    },
  };
}

function brokerState(broker: Broker): 'connected' | 'blocked' | 'disconnected' {
  const { connected, blocked } = broker.status();
  if (!connected) return 'disconnected';
  return blocked ? 'blocked' : 'connected';
}
