import { BlockList, isIP } from 'node:net';
import type { UrlAccess } from './url-access.ts';

/** Hosts besides the public ones that an operator lets requests lead to. */
export interface NamedHosts {
  /** Host names in lower case, wherever they lead. */
  readonly hosts: ReadonlySet<string>;
  readonly ranges: BlockList;
}

const HOST = /^(?=.{1,253}$)[a-z\d_]([a-z\d_-]*[a-z\d_])?(\.[a-z\d_]([a-z\d_-]*[a-z\d_])?)*$/;

/** Reads hosts, addresses and ranges (CIDR) with commas between them; undefined if one of them is none of these. */
export function parseNamedHosts(text: string): NamedHosts | undefined {
  const hosts = new Set<string>();
  const ranges = new BlockList();
  for (const part of text.split(',').map((entry) => entry.trim().toLowerCase())) {
    if (part === '' || addRange(ranges, part)) continue;
    // What looks like an address and is none would never match: a slip of the pen, not the name of a host.
    if (!HOST.test(part) || /^[\d.]+$/.test(part)) return undefined;
    hosts.add(part);
  }
  return { hosts, ranges };
}

function addRange(ranges: BlockList, part: string): boolean {
  const [, address = '', bits] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(part) ?? [];
  const family = isIP(address);
  const all = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? all : Number(bits);
  if (family === 0 || prefix > all) return false;
  ranges.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return true;
}

/** The access, and what the operator allows besides. */
export function withNamedHosts(access: UrlAccess, named: NamedHosts | undefined): UrlAccess {
  if (named === undefined) return access;
  const { hosts, ranges } = named;
  return {
    resolve: (host) => access.resolve(host),
    trusts: (host) => hosts.has(host) || access.trusts?.(host) === true,
    isAllowed: (address) => access.isAllowed(address) || isIn(ranges, address),
  };
}

/** An IPv4 address that is written as one of IPv6 is still that one. */
function isIn(ranges: BlockList, address: string): boolean {
  const family = isIP(address);
  if (family === 0 || address.includes('%')) return false;
  return ranges.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
