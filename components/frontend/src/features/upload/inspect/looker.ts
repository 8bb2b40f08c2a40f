import type { Look } from './file-facts.ts';
import type { Limits } from './look-at-file.ts';
import type { Answer, Question } from './look-worker.ts';

/** Looks under way at a time. */
const LOOKS = 8;
/** Thumbnails under way at a time, at most: each decodes a whole picture. One core is left to the page. */
const MOST_DRAWS = 4;

/** Looks at local files, away from the page's own thread. */
export interface Looker {
  /**
   * Undefined where the file can not be read.
   *
   * @param drawn whether it is going to be drawn, too
   */
  look(file: Blob, limits: Limits | undefined, drawn: boolean): Promise<Look | undefined>;
  /** A small picture; undefined where there is none. */
  draw(file: Blob, look: Look): Promise<Blob | undefined>;
}

interface Waiting<Kind extends Question['kind'] = Question['kind']> {
  readonly question: Extract<Question, { kind: Kind }>;
  readonly answered: (answer: Answer) => void;
}

/**
 * One worker that looks at files before it draws thumbnails, each in the order of asking. While there is room for another
 * thumbnail, it goes on from a look to the thumbnail by itself.
 */
export class WorkerLooker implements Looker {
  readonly #start: () => Worker;
  readonly #mostDraws: number;
  #worker: Worker | undefined;
  #nextId = 1;
  readonly #queues: { readonly look: Waiting<'look'>[]; readonly draw: Waiting<'draw'>[] } = { look: [], draw: [] };
  readonly #looks = new Map<number, Waiting['answered']>();
  readonly #draws = new Map<number, Waiting['answered']>();
  /** Pictures that are drawn before they were asked for. */
  readonly #ahead = new WeakMap<Blob, Promise<Blob | undefined>>();

  /** @param cores of this machine. */
  constructor(start: () => Worker, cores: number) {
    this.#start = start;
    this.#mostDraws = Math.max(1, Math.min(MOST_DRAWS, cores - 1));
  }

  look(file: Blob, limits: Limits | undefined, drawn: boolean): Promise<Look | undefined> {
    return new Promise((resolve) => {
      const question = { kind: 'look' as const, id: this.#nextId++, file, limits, goOn: drawn };
      this.#queues.look.push({
        question,
        answered: (answer) => resolve(answer.kind === 'look' ? answer.look : undefined),
      });
      this.#pump();
    });
  }

  draw(file: Blob, look: Look): Promise<Blob | undefined> {
    const ahead = this.#ahead.get(file);
    this.#ahead.delete(file);
    return (
      ahead ??
      new Promise((resolve) => {
        const question = { kind: 'draw' as const, id: this.#nextId++, file, look };
        this.#queues.draw.push({ question, answered: pictureTo(resolve) });
        this.#pump();
      })
    );
  }

  /** Fetches the worker, so that the first file need not wait for it. */
  warm(): void {
    this.#get();
  }

  #pump(): void {
    while (this.#looks.size < LOOKS) {
      const next = this.#queues.look.shift();
      if (!next) break;
      this.#sendLook(next);
    }
    while (this.#draws.size < this.#mostDraws) {
      const next = this.#queues.draw.shift();
      if (!next) break;
      this.#draws.set(next.question.id, next.answered);
      this.#get().postMessage(next.question);
    }
  }

  #sendLook({ question, answered }: Waiting<'look'>): void {
    const { id, file } = question;
    const goOn = question.goOn && this.#queues.draw.length === 0 && this.#draws.size < this.#mostDraws;
    this.#looks.set(id, answered);
    if (goOn) this.#ahead.set(file, new Promise((resolve) => this.#draws.set(id, pictureTo(resolve))));
    this.#get().postMessage({ ...question, goOn });
  }

  #get(): Worker {
    if (this.#worker) return this.#worker;
    const worker = this.#start();
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      this.#end(data);
    });
    // A worker that could not be loaded answers nothing: the server then looks at the files alone.
    worker.addEventListener('error', () => {
      for (const id of [...this.#looks.keys()]) this.#end({ kind: 'look', id });
      for (const id of [...this.#draws.keys()]) this.#end({ kind: 'draw', id });
    });
    this.#worker = worker;
    return worker;
  }

  #end(answer: Answer): void {
    const running = answer.kind === 'look' ? this.#looks : this.#draws;
    const answered = running.get(answer.id);
    if (!answered) return;
    running.delete(answer.id);
    answered(answer);
    this.#pump();
  }
}

const pictureTo =
  (resolve: (picture: Blob | undefined) => void): Waiting['answered'] =>
  (answer) =>
    resolve(answer.kind === 'draw' ? answer.picture : undefined);

/** The worker of this page. */
export function startLookWorker(): Worker {
  return new Worker(new URL('./look-worker.ts', import.meta.url), { type: 'module' });
}
