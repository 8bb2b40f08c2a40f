import type { Look } from './file-facts.ts';
import type { Limits } from './look-at-file.ts';
import type { Answer, Question } from './look-worker.ts';

/** Looks under way at a time, and thumbnails: each of these decodes a whole picture. */
const LOOKS = 8;
const DRAWS = 2;

/** Looks at local files, away from the page's own thread. */
export interface Looker {
  /** Undefined where the file can not be read. */
  look(file: Blob, limits: Limits | undefined): Promise<Look | undefined>;
  /** A small picture; undefined where there is none. */
  draw(file: Blob, look: Look): Promise<Blob | undefined>;
}

interface Waiting {
  readonly question: Question;
  readonly resolve: (value: Answer['value']) => void;
}

/** One worker that looks at files before it draws thumbnails, each in the order of asking. */
export class WorkerLooker implements Looker {
  readonly #start: () => Worker;
  #worker: Worker | undefined;
  #nextId = 1;
  readonly #queues: Readonly<Record<Question['kind'], Waiting[]>> = { look: [], draw: [] };
  readonly #running = new Map<number, Waiting>();
  #draws = 0;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  look(file: Blob, limits: Limits | undefined): Promise<Look | undefined> {
    return this.#ask({ kind: 'look', id: this.#nextId++, file, limits }) as Promise<Look | undefined>;
  }

  draw(file: Blob, look: Look): Promise<Blob | undefined> {
    return this.#ask({ kind: 'draw', id: this.#nextId++, file, look }) as Promise<Blob | undefined>;
  }

  /** Fetches the worker, so that the first file need not wait for it. */
  warm(): void {
    this.#get();
  }

  #ask(question: Question): Promise<Answer['value']> {
    return new Promise((resolve) => {
      this.#queues[question.kind].push({ question, resolve });
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#running.size - this.#draws < LOOKS && this.#queues.look.length > 0) this.#send('look');
    while (this.#draws < DRAWS && this.#queues.draw.length > 0) this.#send('draw');
  }

  #send(kind: Question['kind']): void {
    const next = this.#queues[kind].shift();
    if (!next) return;
    this.#running.set(next.question.id, next);
    if (kind === 'draw') this.#draws += 1;
    this.#get().postMessage(next.question);
  }

  #get(): Worker {
    if (this.#worker) return this.#worker;
    const worker = this.#start();
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      this.#end(data);
    });
    // A worker that could not be loaded answers nothing: the server then looks at the files alone.
    worker.addEventListener('error', () => {
      for (const id of [...this.#running.keys()]) this.#end({ id });
    });
    this.#worker = worker;
    return worker;
  }

  #end({ id, value }: Answer): void {
    const ended = this.#running.get(id);
    if (!ended) return;
    this.#running.delete(id);
    if (ended.question.kind === 'draw') this.#draws -= 1;
    ended.resolve(value);
    this.#pump();
  }
}

/** The worker of this page. */
export function startLookWorker(): Worker {
  return new Worker(new URL('./look-worker.ts', import.meta.url), { type: 'module' });
}
