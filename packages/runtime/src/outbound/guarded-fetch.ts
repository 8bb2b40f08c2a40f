import { fetch, type Agent } from 'undici';
import { AppError } from '../app-error.ts';
import { checkUrl, parseUrl } from './check-url.ts';
import { inTime } from './in-time.ts';
import { pinnedAgent } from './pinned-agent.ts';
import type { UrlLimits } from './url-limits.ts';

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Milliseconds for looking up a host. */
const LOOKUP = 10_000;
/** Milliseconds between two signs of life of a connection. */
const IDLE = 30_000;

export interface GuardedFetchOptions {
  /** Milliseconds for all of the work; default: no end but `close`. */
  readonly milliseconds?: number | undefined;
}

/**
 * Asks addresses that visitors give, for the length of one piece of work. Each host, also of a redirect, is resolved
 * once, judged by all its addresses, and connected to at these until the work ends. Connections are kept between
 * requests. No header is sent but those that are given.
 */
export class GuardedFetch {
  readonly #limits: UrlLimits;
  /** By origin. */
  readonly #agents = new Map<string, Promise<Agent>>();
  /** Where addresses led to. */
  readonly #moved = new Map<string, string>();
  readonly #closed = new AbortController();
  readonly #stop: AbortSignal;

  constructor(limits: UrlLimits, { milliseconds }: GuardedFetchOptions = {}) {
    this.#limits = limits;
    const late = milliseconds === undefined ? [] : [AbortSignal.timeout(milliseconds)];
    this.#stop = AbortSignal.any([this.#closed.signal, ...late]);
  }

  /**
   * Gets what is at an address, or posts the body, which is sent to no other address.
   *
   * @throws AppError URL_REFUSED, URL_UNREACHABLE; what `fetch` of undici throws.
   */
  readonly fetch = async (
    address: string,
    {
      headers,
      signal,
      body,
    }: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal; readonly body?: string },
  ): Promise<Response> => {
    let url = parseUrl(this.#moved.get(address) ?? address, undefined, this.#limits.ports);
    this.#stop.throwIfAborted();
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const dispatcher = await this.#agentOf(url);
      const answer = await fetch(url, {
        dispatcher,
        signal: AbortSignal.any([signal, this.#stop]),
        redirect: 'manual',
        headers: { 'user-agent': 'tessera', ...headers },
        ...(body === undefined ? {} : { method: 'POST', body }),
      });
      const isMoved = body === undefined && REDIRECTS.has(answer.status);
      const location = isMoved ? answer.headers.get('location') : null;
      if (location === null) {
        // An address that leads on may lead elsewhere next time, as those that are signed for some minutes.
        if (!answer.ok) this.#moved.delete(address);
        else if (redirects > 0) this.#moved.set(address, url.href);
        return answer;
      }
      await answer.body?.cancel();
      url = parseUrl(location, url, this.#limits.ports);
    }
    throw new AppError('URL_UNREACHABLE', { message: 'The address leads from one to the next and to no file.' });
  };

  /** Ends all connections. */
  async close(): Promise<void> {
    this.#closed.abort(new AppError('CANCELLED'));
    const agents = await Promise.allSettled(this.#agents.values());
    await Promise.all(agents.flatMap((agent) => (agent.status === 'fulfilled' ? [agent.value.destroy()] : [])));
  }

  #agentOf(url: URL): Promise<Agent> {
    const known = this.#agents.get(url.origin);
    if (known !== undefined) return known;
    const inside = AbortSignal.any([this.#stop, AbortSignal.timeout(LOOKUP)]);
    const made = inTime(checkUrl(url.href, undefined, this.#limits), inside).then(({ addresses }) =>
      pinnedAgent(addresses, IDLE, { keepAlive: true }),
    );
    this.#agents.set(url.origin, made);
    made.catch(() => this.#agents.delete(url.origin));
    return made;
  }
}
