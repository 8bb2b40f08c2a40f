import ipaddr from 'ipaddr.js';

const net = (cidr: string): [ipaddr.IPv4, number] => ipaddr.IPv4.parseCIDR(cidr);
const net6 = (cidr: string): [ipaddr.IPv6, number] => ipaddr.IPv6.parseCIDR(cidr);

/** What of IPv4 is not for everybody: IANA's special-purpose registry, multicast, and what clouds keep for themselves. */
const SPECIAL = [
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
].map(net);

/** The only part of IPv6 that is given out, and what of it is not for everybody. */
const GLOBAL = net6('2000::/3');
const SPECIAL_6 = [
  '2001::/23', // protocol assignments: Teredo, benchmarks, ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
].map(net6);

/** Forms in which an IPv4 address hides: mapped, and translated by a NAT64. */
const WRAPPED = ['::ffff:0:0/96', '64:ff9b::/96'].map(net6);

/**
 * Tells whether an address is one of the public internet, for a single host. Addresses that hold an IPv4 address are
 * judged by that one where they are in use, and refused where they are not (6to4, Teredo, IPv4-compatible).
 */
export function isPublicAddress(address: string): boolean {
  // A zone is for link-local addresses only.
  if (address.includes('%') || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return isPublicIPv4(parsed);
  if (WRAPPED.some((range) => parsed.match(range))) {
    return isPublicIPv4(new ipaddr.IPv4(parsed.toByteArray().slice(12)));
  }
  return parsed.match(GLOBAL) && !SPECIAL_6.some((range) => parsed.match(range));
}

function isPublicIPv4(address: ipaddr.IPv4): boolean {
  return !SPECIAL.some((range) => address.match(range));
}
