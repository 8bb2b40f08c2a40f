import type { TaskMessage } from '@tessera/contracts';
import type { Broker } from '@tessera/queue';
import { AppError, type Logger, type Metrics } from '@tessera/runtime';
import type { JobStore } from '@tessera/store';
import { logError } from '../log-ref.ts';
import { drawInbox } from './draw-inbox.ts';
import type { ExecutorRegistry } from './executor-registry.ts';
import { inFlightWindow } from './in-flight-window.ts';
import { Repeat } from './repeat.ts';

/** Milliseconds between two looks for tasks that nobody announced. */
const POLL = 1000;
/** Milliseconds between two looks for tasks that got lost. */
const REVIVE = 2000;
/** Tasks published side by side. */
const ROUND = 128;
/**
 * Seconds after which a claim that was not confirmed is taken for that of a dead master. A slow broker may confirm
 * later; then the task is published twice, which harms nothing.
 */
const PUBLISHING_SECONDS = 7;
/** Seconds that a published task may be neither in the queue nor begun. */
const VANISHED_SECONDS = 30;
/**
 * Seconds for which a task that was sent to an inbox which is gone may be unreported until it is drawn for anew: its
 * executor may have begun it and not told yet. More for those that run, as heartbeats may be 5 s apart.
 */
const SENT_SECONDS = { publishedSeconds: 3, runningSeconds: 8 };

export interface RelayParts {
  readonly store: JobStore;
  readonly broker: Broker;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly executors: Pick<ExecutorRegistry, 'slots' | 'willing' | 'kernels' | 'knowsAll' | 'held' | 'forgetInbox'>;
  /** Uniform in [0, 1); draws executors. */
  readonly random: () => number;
  /** Tasks of one job in flight at least. */
  readonly tasksPerJob: number;
  readonly maxAttempts: number;
  /** Seconds after which a running task that nobody reports is lost. */
  readonly taskLostSeconds: number;
}

/**
 * Publishes ready tasks: the tasks table is the outbox, so a task is published again until its message is known to
 * have arrived, and all of them when the broker has lost its queues.
 */
export class Relay {
  readonly #parts: RelayParts;
  readonly #publishing: Repeat;
  readonly #reviving: Repeat;
  readonly #published;
  #stopListening = (): void => undefined;
  /** The broker came up empty: everything that was in its queues is to be published again. */
  #lost = false;

  constructor(parts: RelayParts) {
    const { logger } = parts;
    this.#parts = parts;
    this.#publishing = new Repeat({ name: 'relay', milliseconds: POLL, logger, round: () => this.#publishReady() });
    this.#reviving = new Repeat({ name: 'revive', milliseconds: REVIVE, logger, round: () => this.#revive() });
    this.#published = parts.metrics.counter('tessera_tasks_published_total', 'Task messages by outcome.', ['outcome']);
  }

  start(): void {
    this.#stopListening = this.#parts.broker.onConnect(({ fresh, epoch }) => {
      this.#parts.logger.info({ fresh, epoch }, 'broker:connected');
      if (fresh) this.#lost = true;
      this.wake();
    });
    this.#publishing.start();
    this.#reviving.start();
  }

  /** There may be something to publish. */
  wake(): void {
    this.#publishing.wake();
  }

  async close(): Promise<void> {
    this.#stopListening();
    await Promise.all([this.#publishing.close(), this.#reviving.close()]);
  }

  async #publishReady(): Promise<void> {
    const { store, broker, executors, tasksPerJob, maxAttempts } = this.#parts;
    for (;;) {
      const { connected, blocked } = broker.status();
      if (!connected || blocked) return;
      if (this.#lost) {
        await store.republishAll({ running: true });
        this.#lost = false;
      }
      const inFlight = inFlightWindow(executors.slots());
      const perJob = Math.max(tasksPerJob, Math.ceil(inFlight / 2));
      // Without anybody to draw, tasks that are to be drawn for wait where they are.
      const random = [...new Set(executors.willing().map(({ kernel }) => kernel))];
      const messages = await store.claimTasks({ limit: ROUND, perJob, inFlight, maxAttempts, random });
      if (messages.length === 0) return;
      if (!(await this.#publish(messages))) return;
    }
  }

  /** Gives false if some could not be published, so that the next try waits a little. */
  async #publish(messages: readonly TaskMessage[]): Promise<boolean> {
    const { store, logger } = this.#parts;
    const inboxes = await this.#draw(messages);
    const outcomes = await Promise.allSettled(messages.map((message, index) => this.#send(message, inboxes[index])));
    const confirmed = messages.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    const failed = messages.filter((_, index) => outcomes[index]?.status === 'rejected');
    this.#published.inc({ outcome: 'confirmed' }, confirmed.length);
    this.#published.inc({ outcome: 'failed' }, failed.length);
    if (confirmed.length > 0) await store.markPublished(confirmed.map((message) => message.task));
    if (failed.length === 0) return true;
    await store.unclaimTasks(failed.map((message) => message.task));
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    const serious = reasons.find((reason) => !AppError.is(reason) || reason.code !== 'EXECUTOR_UNWILLING');
    // For those whose executor was gone another one is drawn at once.
    if (serious === undefined) return true;
    logger.warn({ tasks: failed.length, err: logError(serious) }, 'relay:publish-failed');
    return false;
  }

  /**
   * Draws an inbox for each task of a random job and notes it; `undefined` for the common queue. As long as some of the
   * executors make pixels of another version than a plan promises, one of the others is drawn for any task of it.
   */
  async #draw(messages: readonly TaskMessage[]): Promise<readonly (string | undefined)[]> {
    const { store, executors, random } = this.#parts;
    const willing = executors.willing();
    const kernels = executors.kernels();
    const inboxes = messages.map(({ strategy, turnedAwayBy, plan }) => {
      if (strategy !== 'random' && kernels.every((kernel) => kernel === plan.kernel)) return undefined;
      const able = willing.filter(({ kernel }) => kernel === plan.kernel);
      return drawInbox(able, turnedAwayBy, random)?.inbox;
    });
    const sent = messages.flatMap(({ task }, index) => {
      const inbox = inboxes[index];
      return inbox === undefined ? [] : [{ task, inbox }];
    });
    if (sent.length > 0) await store.noteSent(sent);
    return inboxes;
  }

  async #send(message: TaskMessage, inbox: string | undefined): Promise<void> {
    const { broker, executors } = this.#parts;
    const options = { messageId: message.task };
    if (inbox === undefined) {
      if (message.strategy === 'random') throw new AppError('EXECUTOR_UNWILLING');
      return broker.publish('tasks', message, options);
    }
    try {
      await broker.send(inbox, message, options);
    } catch (error) {
      if (!AppError.is(error) || error.code !== 'UNROUTABLE') throw error;
      executors.forgetInbox(inbox);
      throw new AppError('EXECUTOR_UNWILLING', { message: 'The inbox of the executor is gone.', cause: error });
    }
  }

  async #revive(): Promise<void> {
    const { store, broker, logger, taskLostSeconds } = this.#parts;
    const revived = await store.reviveTasks({ publishingSeconds: PUBLISHING_SECONDS, runningSeconds: taskLostSeconds });
    const stranded = await this.#reviveSent();
    // Nothing waits in the queue, so what was published long ago and never begun is not in the broker any more.
    const vanished =
      broker.status().connected && (await broker.depth('tasks')) === 0
        ? await store.republishAll({ running: false, olderThanSeconds: VANISHED_SECONDS, inboxes: false })
        : 0;
    if (revived + stranded + vanished === 0) return;
    logger.warn({ revived, stranded, vanished }, 'relay:revived');
    this.wake();
  }

  /** Tasks in inboxes that are gone, and those that an executor with free slots has not begun for long: it never got them. */
  async #reviveSent(): Promise<number> {
    const { store, executors } = this.#parts;
    if (!executors.knowsAll()) return 0;
    const gone = await store.reviveSent({ ...executors.held(false), ...SENT_SECONDS });
    const never = { publishedSeconds: VANISHED_SECONDS, runningSeconds: null };
    return gone + (await store.reviveSent({ ...executors.held(true), ...never }));
  }
}
