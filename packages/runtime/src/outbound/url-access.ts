import { lookup } from 'node:dns/promises';
import { isPublicAddress } from './public-address.ts';

/** How addresses that visitors give are reached. */
export interface UrlAccess {
  /** All addresses of a host name. */
  resolve(host: string): Promise<readonly string[]>;
  /** Whether the operator names this host: it is gone to wherever it leads. */
  trusts?(host: string): boolean;
  /** Whether a connection may be made to an address. */
  isAllowed(address: string): boolean;
}

/** The system's resolver, and the public internet. */
export const PUBLIC_ACCESS: UrlAccess = {
  resolve: async (host) => (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address),
  isAllowed: isPublicAddress,
};

/** Of http and https. */
export const WEB_PORTS: readonly number[] = [80, 443];
