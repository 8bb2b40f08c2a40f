import type { UrlAccess } from '@tessera/master';
import { isPublicAddress } from '../../packages/runtime/src/outbound/public-address.ts';

/** Addresses of host names, as a resolver would tell them. */
export type KnownHosts = Readonly<Record<string, string>>;

/** A private address, to which all names lead that are not known. */
const INSIDE = '10.0.0.8';

/** Reaches the known hosts, on this machine too, and all else as on the internet. */
export function accessTo(hosts: KnownHosts): UrlAccess {
  const open = new Set(Object.values(hosts));
  return {
    resolve: (host) => Promise.resolve([hosts[host] ?? INSIDE]),
    isAllowed: (address) => open.has(address) || isPublicAddress(address),
  };
}
