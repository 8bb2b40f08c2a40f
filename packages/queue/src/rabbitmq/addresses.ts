import { AppError } from '@tessera/runtime';

/**
 * The URLs of a broker's nodes: one, or several with commas between them. A comma within a URL, as in a password, stays
 * what it is.
 *
 * @throws AppError INVALID_CONFIG; the message does not repeat the URLs, which hold passwords.
 */
export function parseAddresses(text: string): readonly string[] {
  const urls = text.split(/,(?=\s*[a-z][a-z0-9+.-]*:\/\/)/i).map((url) => url.trim());
  if (urls.every(isBrokerUrl)) return urls;
  throw new AppError('INVALID_CONFIG', {
    message:
      'The URL of the message broker must begin with amqp:// or amqps://; ' +
      'of several, with commas between them, each must, and repeats user, password and virtual host.',
  });
}

function isBrokerUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  // `amqp://one,two`: a list of hosts, which would be looked up as a single name.
  return /^amqps?:$/.test(protocol) && !hostname.includes(',');
}

/**
 * Gives one address after another and begins anew after the last. The first one is any of them, so that the clients of a
 * cluster spread over its nodes.
 *
 * @param random uniform in [0, 1).
 */
export function* inTurn(addresses: readonly string[], random: () => number): Generator<string, never> {
  const first = Math.floor(random() * addresses.length);
  const order = [...addresses.slice(first), ...addresses.slice(0, first)];
  for (;;) yield* order;
}
