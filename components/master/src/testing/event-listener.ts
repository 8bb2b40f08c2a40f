import { until } from './test-site.ts';

/** One message of a stream of server-sent events. */
export interface ReceivedEvent<Data = Record<string, unknown>> {
  /** The last id at the time of the message. */
  readonly id: string | undefined;
  readonly event: string;
  readonly data: Data;
}

/** Reads a stream of server-sent events as the HTML standard says. */
export class EventListener {
  readonly events: ReceivedEvent[] = [];
  readonly response: Response;
  lastId: string | undefined;
  comments = 0;
  ended = false;
  readonly #abort: AbortController;

  private constructor(response: Response, abort: AbortController) {
    this.response = response;
    this.#abort = abort;
    void this.#read();
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<EventListener> {
    const abort = new AbortController();
    return new EventListener(await fetch(url, { headers, signal: abort.signal }), abort);
  }

  /** Waits for a message that fits. */
  async waitFor(fits: (event: ReceivedEvent) => boolean): Promise<ReceivedEvent> {
    let found: ReceivedEvent | undefined;
    await until(() => (found = this.events.find(fits)) !== undefined);
    if (found === undefined) throw new Error('unreachable');
    return found;
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(): Promise<void> {
    let text = '';
    try {
      for await (const chunk of this.response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += chunk;
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.#take(block);
      }
    } catch {
      // Closed by the test.
    }
    this.ended = true;
  }

  #take(block: string): void {
    const lines = block.split('\n');
    if (lines.some((line) => line.startsWith(':'))) this.comments += 1;
    const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    this.lastId = field('id') ?? this.lastId;
    const data = field('data');
    if (data === undefined) return;
    this.events.push({
      id: this.lastId,
      event: field('event') ?? 'message',
      data: JSON.parse(data) as Record<string, unknown>,
    });
  }
}
