import { BlockList, isIPv6 } from 'node:net';

/** A range of addresses that a network policy opens. */
export interface IpBlock {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/** Whether one of the ranges holds an address and does not except it. */
export function reachable(blocks: readonly IpBlock[], address: string): boolean {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  const holds = (cidrs: readonly string[]): boolean => {
    const list = new BlockList();
    for (const cidr of cidrs) {
      const [network = '', bits] = cidr.split('/');
      list.addSubnet(network, Number(bits), isIPv6(network) ? 'ipv6' : 'ipv4');
    }
    return list.check(address, family);
  };
  return blocks.some(({ cidr, except = [] }) => holds([cidr]) && !holds(except));
}
