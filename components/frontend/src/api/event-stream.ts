import { jobSchema, taskChangeSchema, type JobDto, type TaskChange } from '@tessera/contracts';
import type * as z from 'zod';
import { parseJson } from './api-error.ts';
import { API } from './request.ts';

/** Milliseconds that changes are gathered before they are shown: at most this often the page is drawn anew. */
const GATHER = 250;
/** Bounds of the wait before a closed stream is opened again, in milliseconds. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15_000;

export interface EventListeners {
  onJobs(jobs: readonly JobDto[]): void;
  onTasks(changes: readonly TaskChange[]): void;
  /** The stream is open. `again`: it was open before, and something may have been missed in between. */
  onOpen(again: boolean): void;
  onLost(): void;
}

/** The one stream of server-sent events of this tab, kept open until closed. */
export class EventStream {
  readonly #listeners: EventListeners;
  #source: EventSource | undefined;
  #reopen: ReturnType<typeof setTimeout> | undefined;
  #flush: ReturnType<typeof setTimeout> | undefined;
  #jobs = new Map<string, JobDto>();
  #tasks: TaskChange[] = [];
  #wait = FIRST_WAIT;
  #opened = false;

  constructor(listeners: EventListeners) {
    this.#listeners = listeners;
    this.#open();
  }

  close(): void {
    clearTimeout(this.#reopen);
    clearTimeout(this.#flush);
    this.#source?.close();
  }

  #open(): void {
    const source = new EventSource(`${API}/events`);
    this.#source = source;
    source.addEventListener('open', () => {
      this.#wait = FIRST_WAIT;
      this.#listeners.onOpen(this.#opened);
      this.#opened = true;
    });
    source.addEventListener('error', () => {
      this.#listeners.onLost();
      // The browser reconnects by itself with Last-Event-ID, except after an answer that is not a stream.
      if (source.readyState === EventSource.CLOSED) this.#openLater();
    });
    source.addEventListener('job', (event: MessageEvent<string>) => {
      this.#gather(event, jobSchema, (job) => this.#jobs.set(job.id, job));
    });
    source.addEventListener('task', (event: MessageEvent<string>) => {
      this.#gather(event, taskChangeSchema, (change) => this.#tasks.push(change));
    });
  }

  #openLater(): void {
    this.#reopen = setTimeout(() => {
      this.#open();
    }, this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }

  #gather<T>(event: MessageEvent<string>, schema: z.ZodType<T>, keep: (value: T) => void): void {
    const parsed = schema.safeParse(parseJson(event.data));
    if (!parsed.success) return;
    keep(parsed.data);
    this.#flush ??= setTimeout(() => {
      this.#deliver();
    }, GATHER);
  }

  #deliver(): void {
    this.#flush = undefined;
    const jobs = [...this.#jobs.values()];
    const tasks = this.#tasks;
    this.#jobs = new Map();
    this.#tasks = [];
    if (jobs.length > 0) this.#listeners.onJobs(jobs);
    if (tasks.length > 0) this.#listeners.onTasks(tasks);
  }
}
