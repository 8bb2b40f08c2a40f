import type { Response } from 'express';

/** Bytes that may wait for a slow reader; it is cut off then and resumes when it comes back. */
const MAX_WAITING = 1024 * 1024;
/** Milliseconds after which a client comes back when its stream is ended, and over which their returns are spread. */
const RETURN_SOONEST = 200;
const RETURN_SPREAD = 800;

/** One message of a stream: its number, and its text as it is sent. */
export interface EventText {
  readonly seq: number;
  readonly text: string;
}

/**
 * Writes one message in the form of the HTML standard, section "Server-sent events".
 *
 * @param last Whether it is the last message of its number: only then the client has seen all up to it.
 */
export function eventText(seq: number, event: 'job' | 'task', data: unknown, last = true): EventText {
  return { seq, text: `${last ? `id: ${seq}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n` };
}

/** What a stream tells of: named jobs, all jobs of named batches, and all jobs of a visitor if there is one. */
export interface Interest {
  readonly visitor: string | undefined;
  readonly jobs: ReadonlySet<string>;
  readonly batches: ReadonlySet<string>;
}

/** One listening client. Messages that come while it still catches up are kept until it has. */
export class EventStream {
  readonly interest: Interest;
  readonly #response: Response;
  #kept: EventText[] | undefined = [];
  #sent = -1;

  constructor(interest: Interest, response: Response) {
    this.interest = interest;
    this.#response = response;
  }

  /** Sends the head, once; proxies are told to pass everything on at once. */
  open(): void {
    if (this.#response.headersSent) return;
    this.#response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    this.#response.flushHeaders();
    this.#write('retry: 1000\n\n');
  }

  /** Sends what was missed, then notes up to where the client knows everything, then goes on live. */
  catchUp(missed: readonly EventText[], seq: number): void {
    this.#write(`${missed.map(({ text }) => text).join('')}id: ${seq}\n\n`);
    this.#sent = seq;
    const kept = this.#kept ?? [];
    this.#kept = undefined;
    this.send(kept);
  }

  /** Sends messages that the client has not seen, in order. */
  send(events: readonly EventText[]): void {
    if (this.#kept !== undefined) {
      this.#kept.push(...events);
      return;
    }
    const fresh = events.filter(({ seq }) => seq > this.#sent);
    if (fresh.length === 0) return;
    this.#sent = fresh.at(-1)?.seq ?? this.#sent;
    this.#write(fresh.map(({ text }) => text).join(''));
  }

  /** Sends what has no number of its own to a client that has caught up; one that has not will be told anyway. */
  repeat(texts: readonly string[]): void {
    if (this.#kept === undefined && texts.length > 0) this.#write(texts.join(''));
  }

  /** A comment, so that proxies and clients see that the stream lives. */
  beat(): void {
    this.#write(': \n\n');
  }

  /** Ends the stream: the client comes back soon, and not all clients in the same moment. */
  end(): void {
    this.open();
    this.#write(`retry: ${RETURN_SOONEST + Math.floor(Math.random() * RETURN_SPREAD)}\n\n`);
    this.#response.end();
  }

  #write(text: string): void {
    if (this.#response.destroyed || this.#response.writableEnded) return;
    this.#response.write(text);
    if (this.#response.writableLength > MAX_WAITING) this.#response.destroy();
  }
}
