import type { JobDto, TaskChange } from '@tessera/contracts';
import { parseJson } from './api-error.ts';
import { API } from './request.ts';
import type { Names } from './watched.ts';

/** Milliseconds that changes are gathered before they are shown: at most this often the page is drawn anew. */
const GATHER = 250;
/** Bounds of the wait before a closed stream is opened again, in milliseconds. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15_000;

/**
 * What a stream that opens may not tell of: nothing where it goes on where it was, what happened since it was lost, or,
 * where it opens for the first time, what happened since things were asked for.
 */
export type Missed = 'nothing' | 'since-lost' | 'since-asked';

export interface EventListeners {
  onJobs(jobs: readonly JobDto[]): void;
  onTasks(changes: readonly TaskChange[]): void;
  /** The stream is open. `missed`: what may have happened without it. */
  onOpen(missed: Missed): void;
  onLost(): void;
}

/** The one stream of server-sent events of this tab: of the visitor's jobs and of those that are named. */
export class EventStream {
  readonly #listeners: EventListeners;
  #names: Names;
  #source: EventSource | undefined;
  #reopen: ReturnType<typeof setTimeout> | undefined;
  #flush: ReturnType<typeof setTimeout> | undefined;
  #jobs = new Map<string, JobDto>();
  #tasks: TaskChange[] = [];
  #wait = FIRST_WAIT;
  #opened = false;
  #lost = false;
  #last = '';

  constructor(listeners: EventListeners, names: Names) {
    this.#listeners = listeners;
    this.#names = names;
    this.#open();
  }

  /** Names other jobs: the stream is opened anew and goes on where it was. */
  rename(names: Names): void {
    this.#names = names;
    clearTimeout(this.#reopen);
    this.#source?.close();
    this.#open();
  }

  close(): void {
    clearTimeout(this.#reopen);
    clearTimeout(this.#flush);
    this.#source?.close();
  }

  #address(): string {
    const { jobs, batches } = this.#names;
    const query = new URLSearchParams([
      ['own', 'true'],
      ...jobs.map((job) => ['job', job]),
      ...batches.map((batch) => ['batch', batch]),
      ...(this.#last === '' ? [] : [['after', this.#last]]),
    ]);
    return `${API}/events?${query.toString()}`;
  }

  #open(): void {
    const resumed = this.#last !== '';
    const source = new EventSource(this.#address());
    this.#source = source;
    source.addEventListener('open', () => {
      this.#wait = FIRST_WAIT;
      this.#listeners.onOpen(!this.#opened ? 'since-asked' : this.#lost || !resumed ? 'since-lost' : 'nothing');
      this.#opened = true;
      this.#lost = false;
    });
    source.addEventListener('error', () => {
      this.#lost = true;
      this.#listeners.onLost();
      // The browser reconnects by itself with Last-Event-ID, except after an answer that is not a stream.
      if (source.readyState === EventSource.CLOSED) this.#openLater();
    });
    source.addEventListener('job', (event: MessageEvent<string>) => {
      this.#gather(event, (job: JobDto) => this.#jobs.set(job.id, job));
    });
    source.addEventListener('task', (event: MessageEvent<string>) => {
      this.#gather(event, (change: TaskChange) => this.#tasks.push(change));
    });
  }

  #openLater(): void {
    this.#reopen = setTimeout(() => {
      this.#open();
    }, this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }

  #gather(event: MessageEvent<string>, keep: (value: never) => void): void {
    this.#last = event.lastEventId || this.#last;
    const change = parseJson(event.data);
    if (change === undefined) return;
    keep(change as never);
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
    // Tasks first: a job that has moved on has its tasks asked for.
    if (tasks.length > 0) this.#listeners.onTasks(tasks);
    if (jobs.length > 0) this.#listeners.onJobs(jobs);
  }
}
