import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { isPublicAddress } from '@tessera/runtime/outbound';

const PRIVATE = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
const PRIVATE_6 = [
  '::/128',
  '::1/128',
  '::/96', // IPv4-compatible
  '::ffff:0:0:0/96', // translated (SIIT)
  '64:ff9b:1::/48', // NAT64 of a site
  '100::/64', // discard
  '2001::/32', // Teredo
  '2001:2::/48', // benchmarks
  '2001:10::/28', // ORCHID
  '2001:db8::/32',
  '2002::/16', // 6to4
  '3fff::/20',
  '5f00::/16', // segment routing
  'fc00::/7', // unique local
  'fe80::/10', // link-local
  'fec0::/10', // site-local
  'ff00::/8', // multicast
];

/** Any address of a range: its prefix, and any bits after it. */
function addressIn(cidr: string): fc.Arbitrary<ipaddr.IPv4 | ipaddr.IPv6> {
  const [first, length] = ipaddr.parseCIDR(cidr);
  const bytes = first.toByteArray();
  return fc.uint8Array({ minLength: bytes.length, maxLength: bytes.length }).map((random) => {
    const mixed = bytes.map((byte, index) => {
      const fixed = Math.min(8, Math.max(0, length - index * 8));
      const mask = (0xff << (8 - fixed)) & 0xff;
      return (byte & mask) | ((random[index] ?? 0) & ~mask & 0xff);
    });
    return ipaddr.fromByteArray(mixed);
  });
}

/** The forms in which an IPv4 address is written or hides. */
function disguises(address: string): readonly string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  const inverted = `${(((a << 8) | b) ^ 0xffff).toString(16)}:${(((c << 8) | d) ^ 0xffff).toString(16)}`;
  return [
    address,
    `::ffff:${address}`,
    `::ffff:${hex}`,
    `::${hex}`,
    `64:ff9b::${hex}`,
    `2002:${hex}::1`,
    `2001:0:4136:e378:8000:63bf:${inverted}`,
  ];
}

test.each(PRIVATE)('law: no address of %s is public, however it is disguised', (range) => {
  fc.assert(
    fc.property(addressIn(range), (address) => {
      for (const form of disguises(address.toString())) expect([form, isPublicAddress(form)]).toEqual([form, false]);
    }),
  );
});

test.each(PRIVATE_6)('law: no address of %s is public', (range) => {
  fc.assert(
    fc.property(addressIn(range), (address) => {
      expect([address.toString(), isPublicAddress(address.toString())]).toEqual([address.toString(), false]);
    }),
  );
});

test('what clouds keep for themselves is not public, nor is what is no address', () => {
  for (const address of [
    '169.254.169.254',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    'fd00:ec2::254',
    'fe80::1%eth0',
    '2606:4700::1111%eth0',
    '',
    'localhost',
    '1.2.3.4.5',
    'example.org',
  ]) {
    expect([address, isPublicAddress(address)]).toEqual([address, false]);
  }
});

test('public addresses are public, also where a NAT64 translates them', () => {
  for (const address of [
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2001:4860:4860::8888',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ]) {
    expect([address, isPublicAddress(address)]).toEqual([address, true]);
  }
});
