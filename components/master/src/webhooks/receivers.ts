import ipaddr from 'ipaddr.js';
import type { UrlAccess } from '@tessera/runtime/outbound';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Receivers besides the public ones that an operator lets webhooks lead to. */
export interface Receivers {
  /** Host names in lower case, wherever they lead. */
  readonly hosts: ReadonlySet<string>;
  readonly ranges: readonly Range[];
}

const HOST = /^(?=.{1,253}$)[a-z\d_]([a-z\d_-]*[a-z\d_])?(\.[a-z\d_]([a-z\d_-]*[a-z\d_])?)*$/;

/** Reads hosts, addresses and ranges (CIDR) with commas between them; undefined if one of them is none of these. */
export function parseReceivers(text: string): Receivers | undefined {
  const hosts = new Set<string>();
  const ranges: Range[] = [];
  for (const part of text.split(',').map((entry) => entry.trim().toLowerCase())) {
    if (part === '') continue;
    const range = rangeOf(part);
    if (range !== undefined) ranges.push(range);
    // What looks like an address and is none would never match: a slip of the pen, not the name of a host.
    else if (HOST.test(part) && !/^[\d.]+$/.test(part)) hosts.add(part);
    else return undefined;
  }
  return { hosts, ranges };
}

function rangeOf(part: string): Range | undefined {
  if (ipaddr.isValidCIDR(part)) return ipaddr.parseCIDR(part);
  if (!ipaddr.IPv4.isValidFourPartDecimal(part) && !ipaddr.IPv6.isValid(part)) return undefined;
  const address = ipaddr.parse(part);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** The access, and what the operator allows besides. */
export function withReceivers(access: UrlAccess, { hosts, ranges }: Receivers): UrlAccess {
  return {
    resolve: (host) => access.resolve(host),
    trusts: (host) => hosts.has(host) || access.trusts?.(host) === true,
    isAllowed: (address) => access.isAllowed(address) || ranges.some((range) => isIn(address, range)),
  };
}

function isIn(address: string, [start, bits]: Range): boolean {
  if (address.includes('%') || !ipaddr.isValid(address)) return false;
  // An IPv4 address that is written as one of IPv6 is still that one.
  const parsed = ipaddr.process(address);
  return parsed.kind() === start.kind() && parsed.match([start, bits] as [ipaddr.IPv4, number]);
}
