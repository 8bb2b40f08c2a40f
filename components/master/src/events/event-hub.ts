import type { Logger } from '@tessera/runtime';
import { AppError } from '@tessera/runtime';
import type { ChangeRow, JobRow, JobStore } from '@tessera/store';
import type { Response } from 'express';
import type { JobView } from '../jobs/job-dto.ts';
import { ChangeFeed } from './change-feed.ts';
import { EventStream, type EventText, type Interest } from './event-stream.ts';
import { JobOwners } from './job-owners.ts';
import { jobEvent, jobText, renderChanges } from './render-changes.ts';

/** Milliseconds between two signs of life of a stream. */
const HEARTBEAT = 15_000;
/** Changes that are told one by one to a client that comes back; after more of them it is told the present state. */
const MAX_MISSED = 5000;
/** A visitor's newest jobs, about which a client that comes back is told. */
const VISITOR_JOBS = 100;
/** Jobs read side by side. */
const READS = 16;

export interface WatchRequest {
  readonly interest: Interest;
  /** The last message that the client has seen. */
  readonly lastSeen: number | undefined;
  readonly response: Response;
}

/** Tells everybody who listens of the changes of the jobs they watch. */
export class EventHub {
  readonly #store: JobStore;
  readonly #feed: ChangeFeed;
  readonly #view: () => JobView;
  readonly #streams = new Set<EventStream>();
  readonly #owners = new JobOwners();
  readonly #heart: NodeJS.Timeout;
  #closed = false;

  constructor(store: JobStore, logger: Logger, view: () => JobView) {
    this.#store = store;
    this.#view = view;
    this.#feed = new ChangeFeed(store, logger, {
      any: () => this.#streams.size > 0,
      tell: (changes) => this.#tell(changes),
    });
    this.#heart = setInterval(() => {
      for (const stream of this.#streams) stream.beat();
    }, HEARTBEAT);
  }

  /** Number of listening clients. */
  get listeners(): number {
    return this.#streams.size;
  }

  wake(): void {
    this.#feed.wake();
  }

  /** Tells everybody of the open jobs that they watch, though no row changed: what these wait for is another. */
  async retell(): Promise<void> {
    for (const stream of this.#streams) {
      const jobs = await this.#watched(stream.interest, false).catch(() => []);
      const open = jobs.filter(({ state }) => state === 'queued' || state === 'running');
      stream.repeat(open.map((job) => jobText(job, this.#view())));
    }
  }

  /** Opens a stream; resolves when the client has caught up. */
  async watch({ interest, lastSeen, response }: WatchRequest): Promise<void> {
    const stream = new EventStream(interest, response);
    if (this.#closed) {
      // Not an error: browsers come back after the end of a stream, and never after an error.
      stream.end();
      return;
    }
    this.#streams.add(stream);
    response.once('close', () => this.#leave(stream));
    try {
      const seq = await this.#feed.start();
      const missed = await this.#missed(interest, lastSeen, seq);
      stream.open();
      stream.catchUp(missed, seq);
    } catch (error) {
      this.#leave(stream);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#heart);
    for (const stream of this.#streams) stream.end();
    this.#streams.clear();
    await this.#feed.close();
  }

  #leave(stream: EventStream): void {
    this.#streams.delete(stream);
    if (this.#streams.size === 0) this.#feed.wake();
  }

  /** What a client has to be told before it can go on live. */
  async #missed(interest: Interest, lastSeen: number | undefined, seq: number): Promise<readonly EventText[]> {
    const jobs = await this.#watched(interest, lastSeen === undefined);
    if (lastSeen === undefined || lastSeen > seq) return jobs.map((job) => jobEvent(job, seq, this.#view()));
    const ids = jobs.map(({ id }) => id);
    if (lastSeen === seq || ids.length === 0) return [];
    const changes = await this.#store.listChanges({ after: lastSeen, limit: MAX_MISSED + 1, jobs: ids });
    if (changes.length > MAX_MISSED) return jobs.map((job) => jobEvent(job, seq, this.#view()));
    return inOrder(
      jobs.map((job) =>
        this.#render(
          changes.filter((change) => change.job === job.id && change.seq <= seq),
          job,
        ),
      ),
    );
  }

  /** The jobs that a stream tells of when it begins. */
  async #watched(interest: Interest, first: boolean): Promise<readonly JobRow[]> {
    const { visitor, jobs, batches } = interest;
    const named = await this.#read([...jobs]);
    const groups = await Promise.all([...batches].map((batch) => this.#batch(batch)));
    if (visitor === undefined && (named.length < jobs.size || groups.some((group) => group.length === 0))) {
      throw new AppError('NOT_FOUND');
    }
    // What a visitor's jobs were like when a page was opened the page asks for by itself.
    const own =
      visitor === undefined || first ? [] : (await this.#store.listJobs({ visitor, limit: VISITOR_JOBS })).jobs;
    return [...new Map([...own, ...groups.flat(), ...named].map((job) => [job.id, job])).values()];
  }

  async #tell(changes: readonly ChangeRow[]): Promise<void> {
    const byJob = Map.groupBy(changes, ({ job }) => job);
    const wanted = [...byJob.keys()].filter((job) => this.#mayInterest(job));
    const rows = await this.#read(wanted);
    const texts = new Map(rows.map((row) => [row.id, this.#render(byJob.get(row.id) ?? [], row)]));
    for (const stream of this.#streams) {
      const mine = [...texts].filter(([job]) => this.#interests(stream, job)).map(([, events]) => events);
      stream.send(inOrder(mine));
    }
  }

  #render(changes: readonly ChangeRow[], row: JobRow): readonly EventText[] {
    return changes.length === 0 ? [] : renderChanges(changes, row, this.#view());
  }

  /** Tells whether the job has to be read: somebody watches it, or may, as it is not known whose it is. */
  #mayInterest(job: string): boolean {
    const unknown = this.#owners.get(job) === undefined;
    return [...this.#streams].some(
      (stream) =>
        this.#interests(stream, job) ||
        (unknown && (stream.interest.visitor !== undefined || stream.interest.batches.size > 0)),
    );
  }

  #interests({ interest }: EventStream, job: string): boolean {
    if (interest.jobs.has(job)) return true;
    const place = this.#owners.get(job);
    if (place === undefined) return false;
    return place.visitor === interest.visitor || (place.batch !== null && interest.batches.has(place.batch));
  }

  async #read(ids: readonly string[]): Promise<readonly JobRow[]> {
    const rows: JobRow[] = [];
    for (let start = 0; start < ids.length; start += READS) {
      const some = await Promise.all(ids.slice(start, start + READS).map((id) => this.#store.getJob(id)));
      rows.push(...some.filter((row) => row !== undefined));
    }
    for (const row of rows) this.#owners.set(row.id, row);
    return rows;
  }

  /** Jobs of a batch; none if there is no such batch. */
  async #batch(batch: string): Promise<readonly JobRow[]> {
    try {
      const rows = await this.#store.getBatch(batch);
      for (const row of rows) this.#owners.set(row.id, row);
      return rows;
    } catch (error) {
      if (AppError.is(error) && error.code === 'NOT_FOUND') return [];
      throw error;
    }
  }
}

/** Messages of several jobs in the order of their numbers; those of one number keep their order. */
function inOrder(lists: readonly (readonly EventText[])[]): readonly EventText[] {
  return lists.flat().sort((a, b) => a.seq - b.seq);
}
