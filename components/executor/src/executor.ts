import { join } from 'node:path';
import { mkdir, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { controlSchema, taskMessageSchema, type TaskEvent, type TaskMessage } from '@tessera/contracts';
import type { Broker, Delivery, Subscription } from '@tessera/queue';
import { AppError, fullJitter, type Logger, type Metrics } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import { aroundCalls, noTracing, type Tracing } from '@tessera/telemetry';
import type { ExecutorWorkConfig } from './config.ts';
import { executorMetrics, type ExecutorMetrics } from './executor-metrics.ts';
import { KernelPool, type RunKernel } from './kernel/kernel-pool.ts';
import { PresenceBeat } from './presence.ts';
import type { ImageDecoder } from './scratch/decoded-file.ts';
import { DecodedImages } from './scratch/decoded-images.ts';
import type { StageTools } from './stages/stage-context.ts';
import { eventOfError } from './task-outcome.ts';
import { runTask } from './task-runner.ts';

export interface ExecutorDeps {
  readonly objects: ObjectStore;
  readonly broker: Broker;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Default: none. Broker, objects and decoder trace themselves. */
  readonly tracing?: Tracing;
  readonly config: ExecutorWorkConfig;
  /** Started and closed by the caller; it may read and write below the scratch folder. */
  readonly decoder: ImageDecoder;
}

/** Delays between two tries to tell of a task's end: about half a minute in all. */
const TELL_BACKOFF = { firstMilliseconds: 100, maxMilliseconds: 2000 };
const TELL_TRIES = 30;

interface RunningTask {
  readonly message: TaskMessage;
  readonly attempt: number;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/** Takes tasks from the queue, does them, tells the masters, and only then acknowledges. */
export class Executor {
  readonly #deps: ExecutorDeps;
  readonly #metrics: ExecutorMetrics;
  readonly #images: DecodedImages;
  readonly #pool: KernelPool;
  readonly #presence: PresenceBeat;
  readonly #tools: StageTools;
  readonly #running = new Set<RunningTask>();
  readonly #subscriptions: Subscription[] = [];
  #draining = false;

  constructor(deps: ExecutorDeps) {
    const { config, objects, logger, broker } = deps;
    this.#deps = deps;
    this.#metrics = executorMetrics(deps.metrics);
    this.#metrics.quota.set(config.EXECUTOR_SCRATCH_QUOTA);
    const scratch = scratchFolder(config);
    this.#images = new DecodedImages({
      objects,
      decoder: deps.decoder,
      folder: join(scratch, 'images'),
      quotaBytes: config.EXECUTOR_SCRATCH_QUOTA,
      logger,
    });
    this.#pool = new KernelPool({ threads: config.EXECUTOR_SLOTS });
    const tracing = deps.tracing ?? noTracing;
    const images = tracing.on
      ? aroundCalls(this.#images, ['acquire'], (_call, run) => tracing.span('acquire pixels', {}, run))
      : this.#images;
    const kernel: RunKernel = (name, argument, signal) =>
      tracing.span(`kernel ${name}`, {}, () => this.#pool.run(name, argument, signal));
    this.#tools = { objects, images, decoder: deps.decoder, kernel, scratch };
    this.#presence = new PresenceBeat({
      broker,
      executor: config.EXECUTOR_ID,
      slots: config.EXECUTOR_SLOTS,
      intervalMilliseconds: config.EXECUTOR_PRESENCE_MILLISECONDS,
      state: () => ({ draining: this.#draining, tasks: this.#tasksNow() }),
    });
  }

  /** Empties the scratch folder, then takes tasks. */
  async start(): Promise<void> {
    const { broker, config } = this.#deps;
    await mkdir(this.#tools.scratch, { recursive: true, mode: 0o700 });
    await this.#images.start();
    this.#subscriptions.push(
      await broker.subscribe('control', (body) => this.#obey(body)),
      await broker.consume('tasks', { prefetch: config.EXECUTOR_SLOTS }, (delivery) => this.#take(delivery)),
    );
    this.#presence.start();
    this.#deps.logger.info({ executor: config.EXECUTOR_ID, slots: config.EXECUTOR_SLOTS }, 'executor:started');
  }

  /**
   * Takes no new task, gives running ones their time, hands the rest back without using up an attempt, and lets go of
   * everything but the broker, the store and the decoder, which are the caller's.
   */
  async close(): Promise<void> {
    if (this.#draining) return;
    this.#draining = true;
    this.#presence.beat();
    await Promise.all(this.#subscriptions.map((subscription) => subscription.cancel()));
    await this.#drain(this.#deps.config.EXECUTOR_DRAIN_SECONDS * 1000);
    this.#presence.stop();
    await this.#pool.close();
    await this.#images.close();
    await rm(this.#tools.scratch, { recursive: true, force: true });
    this.#deps.logger.info({ executor: this.#deps.config.EXECUTOR_ID }, 'executor:stopped');
  }

  async #drain(milliseconds: number): Promise<void> {
    const all = Promise.all([...this.#running].map((task) => task.ended));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
    await Promise.race([all, late]);
    clearTimeout(timer);
    for (const task of this.#running) task.abort.abort(new AppError('SHUTTING_DOWN'));
    await all;
  }

  #tasksNow() {
    return [...this.#running].map(({ message: { task, job, stage, index }, attempt }) => ({
      task,
      job,
      stage,
      index,
      attempt,
    }));
  }

  #obey(body: unknown): void {
    const control = controlSchema.safeParse(body);
    if (!control.success || control.data.type !== 'cancel') return;
    for (const task of this.#running) {
      if (task.message.job === control.data.job) task.abort.abort(new AppError('CANCELLED'));
    }
  }

  async #take(delivery: Delivery): Promise<void> {
    const parsed = taskMessageSchema.safeParse(delivery.body);
    if (!parsed.success) {
      this.#deps.logger.error({ messageId: delivery.messageId, problems: parsed.error.issues }, 'task:unreadable');
      delivery.deadLetter();
      return;
    }
    const message = parsed.data;
    const attempt = message.attempts + delivery.deliveryCount + 1;
    if (attempt > message.maxAttempts) {
      this.#deps.logger.warn({ job: message.job.slice(0, 6), task: message.task, attempt }, 'task:given-up');
      delivery.deadLetter();
      return;
    }
    const ended = Promise.withResolvers<void>();
    const task: RunningTask = { message, attempt, abort: new AbortController(), ended: ended.promise };
    this.#running.add(task);
    this.#metrics.busy.set(this.#running.size);
    try {
      await this.#run(task, delivery);
    } finally {
      this.#running.delete(task);
      this.#metrics.busy.set(this.#running.size);
      this.#metrics.scratch.set(this.#images.bytes);
      ended.resolve();
    }
  }

  async #run(task: RunningTask, delivery: Delivery): Promise<void> {
    const { message, attempt, abort } = task;
    const { config, logger } = this.#deps;
    const { v, job, stage, index } = message;
    const report = { v, task: message.task, job, stage, index, executor: config.EXECUTOR_ID, attempt } as const;
    const kind = message.plan.stages[stage]?.kind ?? 'unknown';
    const log = logger.child({ job: job.slice(0, 6), stage, index, kind, attempt });
    const started = performance.now();
    // Nobody waits for this event: it only tells visitors where the work is done.
    this.#tell({ ...report, type: 'started' }).catch(() => undefined);
    let event: TaskEvent | undefined;
    try {
      const result = await runTask(this.#tools, message, abort.signal);
      const milliseconds = performance.now() - started;
      event = { ...report, type: 'done', milliseconds, ...(result && { result }) };
      log.info({ ms: Math.round(milliseconds) }, 'task:done');
    } catch (caught) {
      const error: unknown = abort.signal.aborted ? abort.signal.reason : caught;
      const cancelled = AppError.is(error) && error.code === 'CANCELLED';
      if (!cancelled) event = eventOfError(report, error);
      log.warn(
        { err: error, cause: cancelled ? undefined : caught, outcome: event?.type ?? 'cancelled' },
        'task:not-done',
      );
    }
    this.#metrics.tasks.inc({ kind, outcome: event?.type ?? 'cancelled' });
    this.#metrics.seconds.observe({ kind }, (performance.now() - started) / 1000);
    await this.#settle(delivery, event);
  }

  /**
   * Tells the masters, then acknowledges. While the broker can not take the event the work is kept, not given back:
   * giving back would use up a delivery for nothing. If the connection that the task came by is lost meanwhile, the task
   * comes again by itself, and its receipt answers for it.
   */
  async #settle(delivery: Delivery, event: TaskEvent | undefined): Promise<void> {
    for (let tries = 0; event !== undefined; tries++) {
      try {
        await this.#tell(event);
        break;
      } catch (error) {
        this.#deps.logger.warn({ err: error, tries }, 'task:untold');
        if (tries >= TELL_TRIES || this.#draining) {
          delivery.retry();
          return;
        }
        await sleep(fullJitter(TELL_BACKOFF, tries, Math.random));
      }
    }
    delivery.ack();
  }

  #tell(event: TaskEvent): Promise<void> {
    const { task, attempt, type } = event;
    return this.#deps.broker.publish('events', event, { messageId: `${task}/${attempt}/${type}` });
  }
}

/** Folder of this executor's files, its own even where several share a machine. */
export function scratchFolder(config: Pick<ExecutorWorkConfig, 'EXECUTOR_SCRATCH' | 'EXECUTOR_ID'>): string {
  return join(config.EXECUTOR_SCRATCH, config.EXECUTOR_ID);
}

/** Creates an executor; it does nothing before `start`. */
export function createExecutor(deps: ExecutorDeps): Executor {
  return new Executor(deps);
}
