import { AppError } from '@tessera/runtime';
import { type CheckedUrl, checkUrl, inTime, pinnedAgent, type UrlLimits } from '@tessera/runtime/outbound';
import { request } from 'undici';

/**
 * Sends an event and gives the status of the answer. The host is resolved and judged anew, and connected to at the
 * addresses that were judged. Redirects are answers like any other, and nothing of an answer but its status is read.
 *
 * @throws AppError URL_REFUSED, URL_UNREACHABLE.
 */
export async function postEvent(
  address: string,
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  limits: UrlLimits & { readonly milliseconds: number },
  signal: AbortSignal,
): Promise<number> {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(limits.milliseconds)]);
  const { url, addresses }: CheckedUrl = await inTime(checkUrl(address, undefined, limits), stop);
  const agent = pinnedAgent(addresses, limits.milliseconds);
  url.hash = '';
  try {
    const answer = await request(url, {
      method: 'POST',
      dispatcher: agent,
      signal: stop,
      headers: { 'content-type': 'application/json', 'user-agent': 'tessera', ...headers },
      body,
    });
    // What comes with it is of no use; the agent ends the connection.
    answer.body.on('error', () => undefined);
    return answer.statusCode;
  } catch (cause) {
    throw new AppError('URL_UNREACHABLE', { cause });
  } finally {
    await agent.destroy();
  }
}
