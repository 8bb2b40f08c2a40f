import type { JobState } from '@tessera/contracts';
import { DEFAULT_COSTS } from '@tessera/imaging';
import { queueDepths } from '@tessera/telemetry';
import { CatalogueSync } from '../catalogue/exchange/catalogue-sync.ts';
import { CentralClient, type CentralOptions } from '../catalogue/exchange/central-client.ts';
import type { TellingSite } from '../catalogue/exchange/record.ts';
import type { MasterDeps } from '../deps.ts';
import type { EventHub } from '../events/event-hub.ts';
import { OpsSampler } from '../ops/ops-sampler.ts';
import { DeadConsumer } from './dead-consumer.ts';
import { EventConsumer } from './event-consumer.ts';
import type { WebhookLimits } from '../webhooks/webhook-of.ts';
import { backOff } from '../webhooks/back-off.ts';
import { WebhookSender } from '../webhooks/webhook-sender.ts';
import { ExecutorOutlook } from './executor-outlook.ts';
import { ExecutorRegistry } from './executor-registry.ts';
import { JobCleaner } from './job-cleaner.ts';
import { Redriver } from './redriver.ts';
import { Relay } from './relay.ts';
import { Replanner } from './replanner.ts';
import { Retention } from './retention.ts';
import { stateMetrics } from './state-metrics.ts';
import { Sweeper } from './sweeper.ts';

/** Objects outlive their rows so long, for requests under way; longer than any statement of another master lasts. */
const SETTLE_SECONDS = 60;
/** Objects may be without a row so long; no upload takes longer. */
const ORPHAN_SECONDS = 24 * 60 * 60;

/** The site whose catalogue this one is kept in step with. */
type CatalogueCentral = CentralOptions & { readonly site: TellingSite };

/** What the HTTP side needs of the work in the background. */
export interface Background {
  readonly executors: ExecutorRegistry;
  readonly sampler: OpsSampler;
  readonly keepFailedMilliseconds: number;
  /** Seconds for which objects outlive their rows. */
  readonly settleSeconds: number;
  /** New tasks may be ready, and watchers may want to know. */
  onChanged(): void;
  onCancelled(job: string): void;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Puts together everything that a master does besides answering requests. */
export function createBackground({
  deps,
  now,
  hub,
  webhooks: webhookLimits,
  central,
}: {
  deps: MasterDeps;
  now: () => Date;
  hub: EventHub;
  webhooks: WebhookLimits;
  /** Undefined: there is no central site. */
  central: CatalogueCentral | undefined;
}): Background {
  const { objects, broker, store, logger, metrics, config } = deps;
  const keepFailedMilliseconds = config.KEEP_FAILED_WORK_HOURS * 3_600_000;
  const settleSeconds = Math.min(SETTLE_SECONDS, config.SWEEP_SECONDS);
  const milliseconds = (): number => now().getTime();

  const executors = new ExecutorRegistry({
    broker,
    store,
    logger,
    metrics,
    goneMilliseconds: config.EXECUTOR_GONE_SECONDS * 1000,
    now: milliseconds,
    onMoreRoom: () => relay.wake(),
  });
  const relay: Relay = new Relay({
    store,
    broker,
    logger,
    metrics,
    executors,
    random: Math.random,
    tasksPerJob: config.TASKS_PER_JOB,
    maxAttempts: config.MAX_ATTEMPTS,
    taskLostSeconds: config.TASK_LOST_SECONDS,
  });
  const outlook = new ExecutorOutlook({ executors, logger, onChange: () => hub.retell() });
  const cleaner = new JobCleaner({ broker, objects, logger, metrics });
  const onApplied = (): void => {
    relay.wake();
    hub.wake();
  };
  const onEnded = ({ job, state }: { job: string; state: JobState }): void => cleaner.ended(job, state);
  const events = new EventConsumer({
    broker,
    store,
    logger,
    metrics,
    maxAttempts: config.MAX_ATTEMPTS,
    random: Math.random,
    onApplied,
    onEnded,
  });
  const replanner = new Replanner({
    store,
    executors,
    site: () => ({ slots: Math.max(1, executors.slots()), costs: deps.costs ?? DEFAULT_COSTS }),
    logger,
    onPlanned: onApplied,
    onFailed: (job) => cleaner.ended(job, 'failed'),
  });
  const dead = new DeadConsumer({ broker, store, logger, metrics, onApplied, onEnded });
  const retention = new Retention({
    store,
    objects,
    logger,
    keepResultsSeconds: config.KEEP_RESULTS_HOURS * 3600,
    keepUploadsSeconds: config.KEEP_UPLOADS_HOURS * 3600,
    keepPipelinesSeconds: config.KEEP_PIPELINES_HOURS * 3600,
    settleSeconds,
    orphanSeconds: ORPHAN_SECONDS,
  });
  const sweeper = new Sweeper({
    store,
    objects,
    cleaner,
    retention,
    logger,
    now: milliseconds,
    scratchFolder: config.MASTER_SCRATCH,
    everyMilliseconds: config.SWEEP_SECONDS * 1000,
    keepChangesSeconds: config.KEEP_CHANGES_SECONDS,
    keepFailedMilliseconds,
    unfinishedUploadSeconds: config.UNFINISHED_UPLOAD_SECONDS,
    keepPartialUploadsSeconds: config.KEEP_PARTIAL_UPLOADS_HOURS * 3600,
  });
  const redriver = new Redriver({
    store,
    logger,
    keepFailedSeconds: keepFailedMilliseconds / 1000,
    onRedriven: onApplied,
  });
  const sampler = new OpsSampler({
    broker,
    store,
    logger,
    metrics,
    living: () => executors.list(),
    now: milliseconds,
  });
  const webhooks =
    webhookLimits &&
    new WebhookSender({
      store,
      logger,
      metrics,
      limits: webhookLimits,
      backOff: (nth) => backOff(nth, Math.random),
      now,
    });
  const sync =
    central &&
    new CatalogueSync({
      store,
      client: new CentralClient(central),
      url: central.url,
      site: central.site,
      milliseconds: config.CATALOGUE_SYNC_SECONDS * 1000,
      logger,
      metrics,
      random: Math.random,
    });
  stateMetrics(metrics, store);
  queueDepths(metrics, broker);

  return {
    executors,
    sampler,
    keepFailedMilliseconds,
    settleSeconds,
    onChanged: onApplied,
    onCancelled(job) {
      cleaner.ended(job, 'cancelled');
      onApplied();
    },
    async start() {
      await executors.start();
      await events.start();
      await dead.start();
      relay.start();
      outlook.start();
      replanner.start();
      sweeper.start();
      redriver.start();
      sampler.start();
      webhooks?.start();
      sync?.start();
    },
    async close() {
      await Promise.all([webhooks?.close(), sync?.close()]);
      await Promise.all([sweeper, redriver, sampler, relay, outlook, replanner].map((part) => part.close()));
      await Promise.all([events.close(), dead.close(), executors.close()]);
      await cleaner.close();
    },
  };
}
