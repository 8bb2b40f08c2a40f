import { BlockList, isIP, isIPv6 } from 'node:net';

function listOf(family: 'ipv4' | 'ipv6', ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** What of IPv4 is not for everybody: IANA's special-purpose registry, multicast, and what clouds keep for themselves. */
const SPECIAL = listOf('ipv4', [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // behind carriers
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local, metadata of clouds
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
  '168.63.129.16/32', // services of Azure for its machines
]);

/** The only part of IPv6 that is given out, and what of it is not for everybody. */
const GLOBAL = listOf('ipv6', ['2000::/3']);
const SPECIAL_6 = listOf('ipv6', [
  '2001::/23', // protocol assignments: Teredo, benchmarks, ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
]);

/** Forms in which an IPv4 address hides in its last two groups: mapped, and translated by a NAT64. */
const WRAPPED: readonly string[] = ['0,0,0,0,0,65535', '100,65435,0,0,0,0'];

/**
 * Tells whether an address is one of the public internet, for a single host. Addresses that hold an IPv4 address are
 * judged by that one where they are in use, and refused where they are not (6to4, Teredo, IPv4-compatible).
 */
export function isPublicAddress(address: string): boolean {
  // A zone is for link-local addresses only.
  if (address.includes('%') || isIP(address) === 0) return false;
  if (!isIPv6(address)) return !SPECIAL.check(address, 'ipv4');
  const groups = groupsOf(address);
  const [high = 0, low = 0] = groups.slice(6);
  if (WRAPPED.includes(groups.slice(0, 6).join())) {
    return !SPECIAL.check([high >> 8, high & 255, low >> 8, low & 255].join('.'), 'ipv4');
  }
  return GLOBAL.check(address, 'ipv6') && !SPECIAL_6.check(address, 'ipv6');
}

/** The eight groups of an IPv6 address, whichever way it is written. */
function groupsOf(address: string): readonly number[] {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [front, back] = [head, tail].map((part) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)),
  ) as [number[], number[]];
  return [...front, ...Array.from({ length: 8 - front.length - back.length }, () => 0), ...back];
}
