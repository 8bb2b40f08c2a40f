import { taskMessageSchema, type Presence, type TaskEvent, type TaskMessage } from '@tessera/contracts';
import type { Broker, Delivery, Inbox } from '@tessera/queue';
import { presence, SOME_RESULT } from './scripted-executor.ts';

/** Milliseconds between two heartbeats. */
const BEAT = 100;

/** An executor with an inbox that does what a test says; it lives until it dies or leaves. */
export class InboxExecutor {
  readonly name: string;
  readonly taken: { readonly message: TaskMessage; readonly delivery: Delivery }[] = [];
  /** What its heartbeats say besides its name and its inbox. */
  state: Partial<Presence> = {};
  readonly #broker: Broker;
  readonly #inbox: Inbox;
  readonly #timer: NodeJS.Timeout;

  private constructor(broker: Broker, name: string, inbox: Inbox, taken: InboxExecutor['taken']) {
    this.#broker = broker;
    this.name = name;
    this.#inbox = inbox;
    this.taken = taken;
    this.#timer = setInterval(() => this.beat(), BEAT);
    this.beat();
  }

  static async open(broker: Broker, name: string, prefetch = 100): Promise<InboxExecutor> {
    const taken: InboxExecutor['taken'] = [];
    const inbox = await broker.openInbox({ prefetch }, (delivery) => {
      taken.push({ message: taskMessageSchema.parse(delivery.body), delivery });
    });
    return new InboxExecutor(broker, name, inbox, taken);
  }

  get address(): string | undefined {
    return this.#inbox.address;
  }

  beat(): void {
    const { address } = this.#inbox;
    const inbox = address === undefined ? {} : { inbox: address };
    const tasks = this.taken.map(({ message: { task, job, stage, index, attempts } }) => ({
      task,
      job,
      stage,
      index,
      attempt: attempts + 1,
    }));
    this.#broker.broadcast('presence', { ...presence(2), executor: this.name, tasks, ...inbox, ...this.state });
  }

  /** Says what became of a task, and ends its delivery. */
  async end(message: TaskMessage, told: Partial<TaskEvent> & Pick<TaskEvent, 'type'>): Promise<void> {
    const { v, task, job, stage, index, attempts } = message;
    const event = { v, task, job, stage, index, executor: this.name, attempt: attempts + 1, ...told };
    await this.#broker.publish('events', event, { messageId: `${task}/${this.name}/${told.type}/${String(attempts)}` });
    if (told.type === 'started') return;
    const place = this.taken.findIndex((one) => one.message === message);
    this.taken.splice(place, 1)[0]?.delivery.ack();
  }

  /** Does all that it has, jobs of one task. */
  async finishAll(): Promise<number> {
    const all = [...this.taken];
    for (const { message } of all) await this.end(message, { type: 'done', milliseconds: 1, result: SOME_RESULT });
    return all.length;
  }

  /** Loses its inbox and says nothing of it. */
  loseInbox(): Promise<void> {
    return this.#inbox.cancel();
  }

  /** Is never heard of again. */
  async die(): Promise<void> {
    clearInterval(this.#timer);
    await this.#inbox.cancel();
    // Of no effect, as the inbox is gone, but that the broker waits for nothing.
    for (const { delivery } of this.taken.splice(0)) delivery.ack();
  }
}
