import { Readable } from 'node:stream';
import { AppError } from '@tessera/runtime';
import { type CheckedUrl, checkUrl, inTime, pinnedAgent, type UrlLimits } from '@tessera/runtime/outbound';
import { request, type Dispatcher } from 'undici';
import { remoteName } from './remote-name.ts';

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface FetchLimits extends UrlLimits {
  readonly maxBytes: number;
  /** For all of it, redirects too. */
  readonly milliseconds: number;
  /** Between two signs of life; and the time over which the speed has to be reached. */
  readonly idleMilliseconds: number;
  readonly minBytesPerSecond: number;
}

/**
 * Fetches a file from the public internet and hands it on as it arrives, as it was sent: nothing is decompressed. Each
 * host, also of a redirect, is resolved once, judged by all its addresses, and connected to at these. No header of the
 * visitor or of this site is sent on.
 *
 * @throws AppError URL_REFUSED, URL_UNREACHABLE (also for answers other than a file, and slow ones), FILE_TOO_LARGE, and
 * what `take` throws.
 */
export async function fetchFile<T>(
  address: string,
  limits: FetchLimits,
  signal: AbortSignal,
  take: (name: string, file: Readable) => Promise<T>,
): Promise<T> {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(limits.milliseconds)]);
  let [next, base]: [string, URL | undefined] = [address, undefined];
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const checked: CheckedUrl = await inTime(checkUrl(next, base, limits), stop);
    const agent = pinnedAgent(checked.addresses, limits.idleMilliseconds);
    try {
      const answer = await ask(checked, agent, stop);
      const location = REDIRECTS.has(answer.statusCode) ? one(answer.headers.location) : undefined;
      // What comes with it is of no use; the agent ends the connection.
      answer.body.on('error', () => undefined);
      if (location !== undefined) {
        [next, base] = [location, checked.url];
        continue;
      }
      checkAnswer(answer, limits.maxBytes);
      const file = Readable.from(arriving(answer.body, limits), { objectMode: false });
      return await take(remoteName(checked.url, one(answer.headers['content-disposition'])), file);
    } finally {
      await agent.destroy();
    }
  }
  throw new AppError('URL_UNREACHABLE', { message: 'The address leads from one to the next and to no file.' });
}

async function ask({ url }: CheckedUrl, dispatcher: Dispatcher, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  const target = new URL(url);
  target.hash = '';
  try {
    return await request(target, {
      dispatcher,
      signal,
      headers: {
        accept: 'image/*, application/octet-stream;q=0.5',
        'accept-encoding': 'identity',
        'user-agent': 'tessera',
      },
    });
  } catch (cause) {
    throw new AppError('URL_UNREACHABLE', { cause });
  }
}

/** @throws AppError URL_UNREACHABLE unless it is a file, FILE_TOO_LARGE if it says so itself. */
function checkAnswer({ statusCode, headers }: Dispatcher.ResponseData, maxBytes: number): void {
  if (statusCode !== 200) {
    throw new AppError('URL_UNREACHABLE', { message: `The address answered ${statusCode}, and not with a file.` });
  }
  if (Number(one(headers['content-length']) ?? 0) > maxBytes) throw new AppError('FILE_TOO_LARGE');
}

/** The bytes of a file; too slow a sender is given up, even one that never falls silent. */
async function* arriving(
  body: AsyncIterable<Uint8Array>,
  { idleMilliseconds, minBytesPerSecond }: FetchLimits,
): AsyncGenerator<Uint8Array> {
  let [since, bytes] = [performance.now(), 0];
  try {
    for await (const chunk of body) {
      yield chunk;
      bytes += chunk.length;
      const milliseconds = performance.now() - since;
      if (milliseconds < idleMilliseconds) continue;
      if (bytes < (minBytesPerSecond * milliseconds) / 1000) {
        throw new AppError('URL_UNREACHABLE', { message: 'The file arrives too slowly.' });
      }
      [since, bytes] = [performance.now(), 0];
    }
  } catch (cause) {
    if (AppError.is(cause)) throw cause;
    throw new AppError('URL_UNREACHABLE', { message: 'The file did not arrive in whole.', cause });
  }
}

/** A header that has to come once. */
function one(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
