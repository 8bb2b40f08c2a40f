import {
  MESSAGE_VERSION,
  taskMessageSchema,
  type Presence,
  type TaskEvent,
  type TaskMessage,
} from '@tessera/contracts';
import { KERNEL_VERSION } from '@tessera/imaging';
import type { Broker, Delivery, Subscription } from '@tessera/queue';
import { until } from './test-site.ts';

type Told = {
  readonly [Type in TaskEvent['type']]: Omit<
    Extract<TaskEvent, { type: Type }>,
    keyof TaskMessage | 'executor' | 'attempt'
  >;
}[TaskEvent['type']];

/** The heartbeat of an executor of so many slots. */
export const presence = (slots: number): Presence => ({
  v: MESSAGE_VERSION,
  executor: 'scripted',
  host: 'here',
  pid: 1,
  kernel: KERNEL_VERSION,
  slots,
  draining: false,
  load: 0,
  memoryBytes: 1,
  tasks: [],
});

/** Takes tasks like an executor, but only reports what a test says; it shows itself once, with as many slots. */
export class ScriptedExecutor {
  readonly #broker: Broker;
  readonly #tasks: { readonly message: TaskMessage; readonly delivery: Delivery }[] = [];
  readonly #subscription: Promise<Subscription>;
  #events = 0;

  constructor(broker: Broker, prefetch = 1000) {
    this.#broker = broker;
    broker.broadcast('presence', presence(prefetch));
    this.#subscription = broker.consume('tasks', { prefetch }, async (delivery) => {
      const message = taskMessageSchema.parse(delivery.body);
      await new Promise<void>((resolve) => {
        const ending = (end: () => void) => () => {
          end();
          resolve();
        };
        const { ack, retry, deadLetter } = delivery;
        this.#tasks.push({
          message,
          delivery: { ...delivery, ack: ending(ack), retry: ending(retry), deadLetter: ending(deadLetter) },
        });
      });
    });
  }

  /** Tasks that were taken and not yet given back. */
  get messages(): readonly TaskMessage[] {
    return this.#tasks.map(({ message }) => message);
  }

  /** Waits for the next task of a job. */
  async next(job: string): Promise<{ readonly message: TaskMessage; readonly delivery: Delivery }> {
    await until(() => this.#tasks.some(({ message }) => message.job === job));
    const index = this.#tasks.findIndex(({ message }) => message.job === job);
    return this.#tasks.splice(index, 1)[0] as { message: TaskMessage; delivery: Delivery };
  }

  /** Reports of a task. */
  async report(message: TaskMessage, told: Told): Promise<void> {
    const { task, job, stage, index, attempts } = message;
    const event = { v: MESSAGE_VERSION, task, job, stage, index, executor: 'scripted', attempt: attempts + 1, ...told };
    this.#events += 1;
    await this.#broker.publish('events', event, { messageId: `event-${this.#events}` });
  }

  /** Does the next task of a job, the last one with a result. */
  async finish(job: string, result?: Extract<TaskEvent, { type: 'done' }>['result']): Promise<TaskMessage> {
    const { message, delivery } = await this.next(job);
    await this.report(message, { type: 'started' });
    await this.report(message, { type: 'done', milliseconds: 5, ...(result === undefined ? {} : { result }) });
    delivery.ack();
    return message;
  }

  async close(): Promise<void> {
    await (await this.#subscription).cancel();
    for (const { delivery } of this.#tasks.splice(0)) delivery.ack();
  }
}

/** Facts of a result that nobody computed. */
export const SOME_RESULT = {
  key: 'results/some',
  bytes: 4,
  contentType: 'image/png',
  width: 8,
  height: 8,
  channels: 1,
  pixelDigest: 'ab'.repeat(32),
  verified: false,
};
