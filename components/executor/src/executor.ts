import { setTimeout as sleep } from 'node:timers/promises';
import { controlSchema, taskMessageSchema, type TaskEvent, type TaskMessage } from '@tessera/contracts';
import { KERNEL_VERSION } from '@tessera/imaging';
import type { Broker, Delivery, Subscription } from '@tessera/queue';
import { AppError, type Logger, type Metrics } from '@tessera/runtime';
import type { ExecutorWorkConfig } from './config.ts';
import { executorMetrics, type ExecutorMetrics } from './executor-metrics.ts';
import { LoadMeter } from './load-meter.ts';
import { PresenceBeat, type PresenceOptions } from './presence.ts';
import { Slots } from './slots.ts';
import { TakenTasks, type TakenTask } from './taken-tasks.ts';
import { TaskIntake } from './task-intake.ts';
import { eventOfError, reportOf, type TaskReport } from './task-outcome.ts';
import { TaskTeller } from './task-teller.ts';
import type { TaskWork, TaskYield } from './task-work.ts';
import { Willingness, type Decision } from './willingness.ts';
import { Workshop, type WorkshopDeps } from './workshop.ts';

export interface ExecutorDeps {
  readonly broker: Broker;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly config: ExecutorWorkConfig;
  /** Started and closed with the executor. */
  readonly work: TaskWork;
  /** Version of the pixels that `work` makes. Default: that of this program. */
  readonly kernel?: string | undefined;
  /** Uniform in [0, 1); decides what is turned away at random. Default: Math.random. */
  readonly random?: () => number;
}

/** What becomes of a task whose plan promises pixels of another version: it is left to others. */
const NOT_OURS: Decision = { take: false };

/** Takes tasks from the queue, does them, tells the masters, and only then acknowledges. */
export class Executor {
  readonly #deps: ExecutorDeps;
  readonly #kernel: string;
  readonly #metrics: ExecutorMetrics;
  readonly #presence: PresenceBeat;
  readonly #teller: TaskTeller;
  readonly #willingness: Willingness;
  readonly #intake: TaskIntake;
  readonly #slots: Slots;
  readonly #load = new LoadMeter();
  readonly #taken = new TakenTasks();
  #control: Subscription | undefined;
  #stopListening = (): void => undefined;
  #draining = false;

  constructor(deps: ExecutorDeps) {
    const { config, logger, broker } = deps;
    this.#deps = deps;
    this.#kernel = deps.kernel ?? KERNEL_VERSION;
    this.#metrics = executorMetrics(deps.metrics);
    this.#metrics.quota.set(config.EXECUTOR_SCRATCH_QUOTA);
    this.#presence = new PresenceBeat({
      broker,
      executor: config.EXECUTOR_ID,
      kernel: this.#kernel,
      slots: config.EXECUTOR_SLOTS,
      intervalMilliseconds: config.EXECUTOR_PRESENCE_MILLISECONDS,
      state: () => this.#state(),
    });
    this.#teller = new TaskTeller({ broker, logger, hurried: () => this.#draining });
    this.#slots = new Slots(config.EXECUTOR_SLOTS);
    this.#willingness = new Willingness({
      config,
      random: deps.random ?? Math.random,
      onChange: () => this.#changeMind(),
    });
    this.#intake = new TaskIntake({
      broker,
      prefetch: config.EXECUTOR_SLOTS,
      handler: (delivery) => this.#take(delivery),
      logger,
    });
  }

  /** Makes everything ready, then takes tasks. */
  async start(): Promise<void> {
    const { broker, config, work } = this.#deps;
    await work.start();
    this.#control = await broker.subscribe('control', (body) => this.#obey(body));
    await this.#intake.open();
    this.#presence.start();
    // An inbox has another address on each connection.
    this.#stopListening = broker.onConnect(() => this.#presence.beat());
    this.#deps.logger.info({ executor: config.EXECUTOR_ID, slots: config.EXECUTOR_SLOTS }, 'executor:started');
  }

  /**
   * Takes no new task, gives running ones their time, hands the rest back without using up an attempt, and lets go of
   * everything but the broker, the store and the decoder, which are the caller's.
   */
  async close(): Promise<void> {
    if (this.#draining) return;
    this.#draining = true;
    this.#willingness.close();
    this.#presence.beat();
    await Promise.all([this.#control?.cancel(), this.#intake.close()]);
    await this.#taken.drain(this.#deps.config.EXECUTOR_DRAIN_SECONDS * 1000);
    this.#stopListening();
    this.#presence.stop();
    await this.#deps.work.close();
    this.#deps.logger.info({ executor: this.#deps.config.EXECUTOR_ID }, 'executor:stopped');
  }

  #state(): ReturnType<PresenceOptions['state']> {
    const { all, foreign } = this.#load.read();
    this.#willingness.noteLoad(foreign);
    const { unwillingFor } = this.#willingness;
    const inbox = this.#intake.address;
    return {
      draining: this.#draining,
      load: all,
      tasks: this.#taken.list(),
      ...(inbox === undefined ? {} : { inbox }),
      willing: unwillingFor === undefined,
      ...(unwillingFor === undefined ? {} : { unwillingFor }),
    };
  }

  /** Leaves the common queue to others while nothing is taken, and lets the masters know. */
  #changeMind(): void {
    if (this.#draining) return;
    const { unwillingFor } = this.#willingness;
    this.#deps.logger.info({ unwillingFor }, unwillingFor === undefined ? 'executor:willing' : 'executor:unwilling');
    this.#intake.takeCommon(unwillingFor === undefined);
    this.#presence.beat();
  }

  #obey(body: unknown): void {
    const control = controlSchema.safeParse(body);
    if (control.success && control.data.type === 'cancel') this.#taken.cancel(control.data.job);
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
    // Pixels of another version than the plan promises are none, before anybody asks whether there is time.
    const decision = message.plan.kernel === this.#kernel ? this.#willingness.decide() : NOT_OURS;
    if (!decision.take) {
      await this.#turnAway(message, attempt, delivery);
      return;
    }
    const ended = Promise.withResolvers<void>();
    const { delayMilliseconds } = decision;
    const abort = new AbortController();
    const task: TakenTask = { message, attempt, delayMilliseconds, abort, ended: ended.promise, begun: false };
    this.#taken.add(task);
    try {
      await this.#run(task, delivery);
    } finally {
      this.#taken.delete(task);
      this.#metrics.scratch.set(this.#deps.work.bytes);
      ended.resolve();
    }
  }

  #turnAway(message: TaskMessage, attempt: number, delivery: Delivery): Promise<void> {
    this.#metrics.tasks.inc({ kind: kindOf(message), outcome: 'turned-away' });
    const report = reportOf(message, this.#deps.config.EXECUTOR_ID, attempt);
    return this.#teller.settle(delivery, eventOfError(report, new AppError('EXECUTOR_UNWILLING')));
  }

  async #run(task: TakenTask, delivery: Delivery): Promise<void> {
    const { message, attempt } = task;
    const { config, logger } = this.#deps;
    const report = reportOf(message, config.EXECUTOR_ID, attempt);
    const { job, stage, index } = message;
    const kind = kindOf(message);
    const log = logger.child({ job: job.slice(0, 6), stage, index, kind, attempt });
    const started = performance.now();
    let event: TaskEvent | undefined;
    try {
      const done = await this.#work(task, report);
      event = { ...report, type: 'done', ...done };
      log.info({ ms: Math.round(done.milliseconds) }, 'task:done');
    } catch (caught) {
      const error: unknown = task.abort.signal.aborted ? task.abort.signal.reason : caught;
      const cancelled = AppError.is(error) && error.code === 'CANCELLED';
      if (!cancelled) event = eventOfError(report, error);
      log.warn(
        { err: error, cause: cancelled ? undefined : caught, outcome: event?.type ?? 'cancelled' },
        'task:not-done',
      );
    }
    this.#metrics.tasks.inc({ kind, outcome: event?.type ?? 'cancelled' });
    this.#metrics.seconds.observe({ kind }, (performance.now() - started) / 1000);
    await this.#teller.settle(delivery, event);
  }

  /** Waits for a slot, tells that the task is begun, and does it. */
  async #work(task: TakenTask, report: TaskReport): Promise<TaskYield & { readonly milliseconds: number }> {
    const { signal } = task.abort;
    await this.#slots.take(signal);
    this.#begin(task, true);
    try {
      const started = performance.now();
      // Nobody waits for this event: it only tells visitors where the work is done.
      this.#teller.tell({ ...report, type: 'started' }).catch(() => undefined);
      if (task.delayMilliseconds > 0) await sleep(task.delayMilliseconds, undefined, { signal });
      const made = await this.#deps.work.run(task.message, signal);
      return { milliseconds: performance.now() - started, ...made };
    } finally {
      this.#begin(task, false);
      this.#slots.giveBack();
    }
  }

  #begin(task: TakenTask, begun: boolean): void {
    task.begun = begun;
    this.#metrics.busy.set(this.#taken.begun);
  }
}

/** Creates an executor that does the work itself; it does nothing before `start`. */
export function createExecutor(deps: Omit<ExecutorDeps, 'work'> & WorkshopDeps): Executor {
  return new Executor({ ...deps, work: new Workshop(deps) });
}

function kindOf({ plan, stage }: TaskMessage): string {
  return plan.stages[stage]?.kind ?? 'unknown';
}
