import { setTimeout as delay } from 'node:timers/promises';
import type { JobDto, TaskDto } from '@tessera/contracts';
import { sha256 } from '../../cluster/site-client.ts';
import { EventReader } from './event-reader.ts';
import { imageForm, type SecureClient, type SecureRequest } from './secure-client.ts';

export interface Work {
  readonly photo: Buffer;
  readonly split: 'always' | 'never';
  /** SHA-256 of the result's file; the first one seen sets it. */
  digest?: string;
}

/** What the visitors of a site saw together. */
export class LoadReport {
  requests = 0;
  jobs = 0;
  /** Tasks that were delivered more than once. */
  readonly burnt: string[] = [];
  wrongResults = 0;
  readonly failures: string[] = [];
  readonly milliseconds: number[] = [];
}

/** Milliseconds between two questions for a job. */
const POLL = 120;

/**
 * Works like a page that is open: uploads a photo, submits a job, asks until it is done, fetches the result, and listens
 * all the while. Nothing is tried again, so whatever goes wrong is seen.
 */
export class Visitor {
  readonly events: EventReader;
  readonly #client: SecureClient;
  readonly #report: LoadReport;
  readonly #mine: string[] = [];
  #firstId: string | undefined;

  private constructor(client: SecureClient, report: LoadReport) {
    this.#client = client;
    this.#report = report;
    this.events = new EventReader(client);
  }

  static async arrive(client: SecureClient, report: LoadReport): Promise<Visitor> {
    await client.send({ path: '/api/v1/jobs' });
    const visitor = new Visitor(client, report);
    await visitor.events.begun();
    visitor.#firstId = visitor.events.lastId;
    return visitor;
  }

  /** Does one piece of work after another until it is told to stop. */
  async work(pieces: readonly Work[], signal: AbortSignal): Promise<void> {
    for (let index = 0; !signal.aborted; index++) {
      const piece = pieces[index % pieces.length];
      const { failures } = this.#report;
      const before = failures.length;
      if (piece) await this.#one(piece);
      if (failures.length > before) await delay(POLL);
    }
  }

  /** Jobs that did not end well by the event stream, and changes of tasks that it did not tell. */
  async missed(): Promise<readonly string[]> {
    const unfinished = this.#mine.filter((job) => this.events.jobs.get(job) !== 'done');
    const replay = new EventReader(this.#client, this.#firstId);
    await replay.begun();
    await delay(1000);
    await replay.stop();
    const told = replay.tasks.difference(this.events.tasks);
    return [...unfinished.map((job) => `${job.slice(0, 6)} not done`), ...told];
  }

  async leave(): Promise<void> {
    await this.events.stop();
    this.#client.close();
  }

  async #one(piece: Work): Promise<void> {
    const form = imageForm('photo.jpg');
    const body = Buffer.concat([form.head, piece.photo, form.tail]);
    const upload = await this.#ask(201, { method: 'POST', path: '/api/v1/images', headers: form.headers, body });
    if (!upload) return;
    const { images } = JSON.parse(upload.toString()) as { images: [{ id: string }] };
    const wish = {
      images: [images[0].id],
      pipeline: [{ op: 'gaussian-blur', params: { ksize: 5 } }],
      output: { format: 'png' },
      split: piece.split,
      reuse: false,
    };
    const headers = { 'content-type': 'application/json' };
    const submitted = await this.#ask(202, {
      method: 'POST',
      path: '/api/v1/jobs',
      headers,
      body: JSON.stringify(wish),
    });
    if (!submitted) return;
    const { jobs } = JSON.parse(submitted.toString()) as { jobs: [JobDto] };
    const { id } = jobs[0];
    this.#mine.push(id);
    if (!(await this.#ended(id))) return;
    const tasks = await this.#ask(200, { path: `/api/v1/jobs/${id}/tasks` });
    const all = tasks ? (JSON.parse(tasks.toString()) as { tasks: TaskDto[] }).tasks : [];
    for (const { stage, index, attempts, executor } of all) {
      if (attempts === 1) continue;
      this.#report.burnt.push(
        `${id.slice(0, 6)} ${String(stage)}/${String(index)}: ${String(attempts)} by ${String(executor)}`,
      );
    }
    const result = await this.#ask(200, { path: `/api/v1/jobs/${id}/result` });
    if (!result) return;
    piece.digest ??= sha256(result);
    if (sha256(result) !== piece.digest) this.#report.wrongResults += 1;
    this.#report.jobs += 1;
  }

  async #ended(id: string): Promise<boolean> {
    for (let tries = 0; tries < 500; tries++) {
      const answer = await this.#ask(200, { path: `/api/v1/jobs/${id}` });
      if (!answer) return false;
      const { state, error } = JSON.parse(answer.toString()) as JobDto;
      if (state === 'done') return true;
      if (state === 'failed') {
        this.#report.failures.push(`job failed: ${JSON.stringify(error)}`);
        return false;
      }
      await delay(POLL);
    }
    this.#report.failures.push(`job ${id.slice(0, 6)} did not end`);
    return false;
  }

  /** Sends a request once; anything but the expected status is noted. */
  async #ask(expected: number, wish: SecureRequest): Promise<Buffer | undefined> {
    const begun = performance.now();
    const call = `${wish.method ?? 'GET'} ${wish.path.replaceAll(/[\w-]{22}/g, ':id')}`;
    this.#report.requests += 1;
    try {
      const { status, body } = await this.#client.send(wish);
      this.#report.milliseconds.push(performance.now() - begun);
      if (status === expected) return body;
      this.#report.failures.push(`${call}: ${String(status)} ${body.subarray(0, 200).toString()}`);
    } catch (error) {
      this.#report.failures.push(`${call}: ${String(error)}`);
    }
    return undefined;
  }
}
