import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { JobDto, TaskChange } from '@tessera/contracts';
import type { SecureClient } from './secure-client.ts';

/**
 * Listens to all jobs of a visitor as a browser's EventSource does: when a stream ends it waits as long as the server
 * said and comes back with the last id it saw; an answer other than 200 ends it for good.
 */
export class EventReader {
  /** Last state of each job. */
  readonly jobs = new Map<string, JobDto['state']>();
  /** Every message about a task, as it came. */
  readonly tasks = new Set<string>();
  /** Streams that ended and were taken up again. */
  resumed = 0;
  /** Why a stream could not be had, or broke in the middle. */
  readonly failures: string[] = [];
  readonly #client: SecureClient;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #lastId: string | undefined;
  #retry = 3000;
  /** Resolves when the first stream has begun. */
  readonly #begun = Promise.withResolvers<void>();

  /** @param lastId what was seen before; default: nothing, so only what comes is told. */
  constructor(client: SecureClient, lastId?: string) {
    this.#client = client;
    this.#lastId = lastId;
    this.#running = this.#run();
  }

  get lastId(): string | undefined {
    return this.#lastId;
  }

  begun(): Promise<void> {
    return this.#begun.promise;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped()) {
      try {
        const headers = this.#lastId === undefined ? {} : { 'last-event-id': this.#lastId };
        const stream = await this.#client.open({ path: '/api/v1/events', headers }, this.#stop.signal);
        if (stream.statusCode !== 200) {
          this.failures.push(`events: ${String(stream.statusCode)}`);
          return;
        }
        await this.#read(stream);
      } catch (error) {
        if (this.#stopped()) return;
        this.failures.push(`events: ${String(error)}`);
      }
      this.resumed += 1;
      await delay(this.#retry, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  #stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  async #read(stream: IncomingMessage): Promise<void> {
    let text = '';
    stream.setEncoding('utf8');
    for await (const chunk of stream as AsyncIterable<string>) {
      const messages = (text + chunk).split('\n\n');
      // What is not ended by an empty line is no message yet.
      text = messages.pop() ?? '';
      for (const message of messages) this.#take(message);
    }
  }

  #take(message: string): void {
    const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(message)?.[1];
    const [id, event, data, retry] = [field('id'), field('event'), field('data'), field('retry')];
    if (retry !== undefined) this.#retry = Number(retry);
    if (data !== undefined && event === 'job') {
      const job = JSON.parse(data) as JobDto;
      this.jobs.set(job.id, job.state);
    }
    if (data !== undefined && event === 'task') this.tasks.add(taskKey(JSON.parse(data) as TaskChange));
    if (id !== undefined) {
      this.#lastId = id;
      this.#begun.resolve();
    }
  }
}

function taskKey({ job, stage, index, state, attempts }: TaskChange): string {
  return `${job.slice(0, 6)} ${String(stage)}/${String(index)} ${state} ${String(attempts)}`;
}
