import { isIP } from 'node:net';
import { AppError } from '../app-error.ts';
import type { UrlAccess } from './url-access.ts';
import type { UrlLimits } from './url-limits.ts';

/** Names that are never public. */
const LOCAL = /\.(localhost|local|internal|intranet|lan|home|corp|home\.arpa|onion|test|invalid)$/;

/** A URL that may be fetched, and the addresses that were checked: connections go to them and nowhere else. */
export interface CheckedUrl {
  readonly url: URL;
  readonly addresses: readonly string[];
}

/**
 * Resolves the host of a URL. If any of its addresses is not allowed, all of it is refused.
 *
 * @throws AppError URL_REFUSED, URL_UNREACHABLE if the name is not known.
 */
export async function checkUrl(text: string, base: URL | undefined, { access, ports }: UrlLimits): Promise<CheckedUrl> {
  const url = parseUrl(text, base, ports);
  // Without it a name is still the same, and would pass as another.
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const trusted = access.trusts?.(host) === true;
  const addresses = isIP(host) === 0 ? await resolve(host, access, trusted) : [host];
  if (!trusted && !addresses.every((address) => access.isAllowed(address))) throw refused();
  return { url, addresses };
}

/**
 * Reads a URL and refuses what its host need not be looked up for.
 *
 * @param base the address that led to this one.
 *
 * @throws AppError URL_REFUSED.
 */
export function parseUrl(text: string, base: URL | undefined, ports: readonly number[]): URL {
  const url = parse(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refused('Only http and https are fetched.');
  // What was asked for in secret is not to be told to everybody on the way, however the server likes it.
  if (base?.protocol === 'https:' && url.protocol === 'http:') throw refused('The address leads from https to http.');
  if (url.username !== '' || url.password !== '') throw refused('Addresses with a name or password are not fetched.');
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  if (!ports.includes(port)) throw refused('This site does not fetch from that port.');
  return url;
}

function parse(text: string, base: URL | undefined): URL {
  try {
    return new URL(text, base);
  } catch (cause) {
    throw new AppError('URL_REFUSED', { message: 'This is no address of a file.', cause });
  }
}

async function resolve(host: string, access: UrlAccess, trusted: boolean): Promise<readonly string[]> {
  // Names of one word are those of machines nearby; asking for them would tell which there are.
  if (!trusted && (!host.includes('.') || LOCAL.test(`.${host}`))) throw refused();
  let addresses: readonly string[];
  try {
    addresses = await access.resolve(host);
  } catch (cause) {
    throw new AppError('URL_UNREACHABLE', { message: 'There is no site of this name.', cause });
  }
  if (addresses.length === 0) throw new AppError('URL_UNREACHABLE');
  return addresses;
}

function refused(message?: string): AppError {
  return new AppError('URL_REFUSED', message === undefined ? {} : { message });
}
