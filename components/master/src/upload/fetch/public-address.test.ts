import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { AppError } from '@tessera/runtime';
import { expect, test } from 'vitest';
import { checkUrl, isPublicAddress, PUBLIC_ACCESS } from '@tessera/runtime/outbound';

const PRIVATE = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relays
  '192.175.48.0/24', // AS112
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
  '100:0:0:1::/64', // dummy prefix
  '2001::/23', // protocol assignments, all of them
  '2001:3::/32', // AMT
  '2001:4:112::/48', // AS112
  '2001:20::/28', // ORCHIDv2
  '2001:30::/28', // drones
  '2620:4f:8000::/48', // AS112
  '4000::/2', // not given out
  '8000::/2',
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

/** An address of either kind, often one near the border of a special range. */
const anyAddress = fc
  .oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
    fc
      .constantFrom(...PRIVATE, ...PRIVATE_6)
      .chain((range) => addressIn(range).map((address) => address.toByteArray())),
    fc
      .tuple(fc.constantFrom('20', '26', '2a', '64', '00', 'fc', 'fe'), fc.uint8Array({ minLength: 15, maxLength: 15 }))
      .map(([first, rest]) => [Number.parseInt(first, 16), ...rest]),
  )
  .map((bytes) => ipaddr.fromByteArray([...bytes]).toString());

test('law: nothing is let through that another library calls special', () => {
  fc.assert(
    fc.property(anyAddress, (address) => {
      if (!isPublicAddress(address)) return;
      const range = ipaddr.process(address).range();
      expect([address, range]).toEqual([address, range === 'rfc6052' ? 'rfc6052' : 'unicast']);
    }),
    { numRuns: 2000 },
  );
});

/** The forms in which a URL may write an IPv4 address. */
function hostForms(address: string): readonly string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const fullWidth = [...address].map((sign) => (sign === '.' ? '。' : String.fromCodePoint(0xff10 + Number(sign))));
  return [
    address,
    `${address}.`,
    String(number),
    `0x${number.toString(16)}`,
    `0${number.toString(8)}`,
    [a, b, c, d].map((part) => `0x${part.toString(16)}`).join('.'),
    [a, b, c, d].map((part) => `0${part.toString(8)}`).join('.'),
    `${a}.${((b << 16) | (c << 8) | d) >>> 0}`,
    `${a}.${b}.${(c << 8) | d}`,
    fullWidth.join(''),
    [...address].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join(''),
    ...disguises(address)
      .slice(1)
      .map((form) => `[${form}]`),
    `[::FFFF:${address}]`,
    `[0:0:0:0:0:ffff:${address}]`,
  ];
}

test('law: no way of writing a special address in a URL leads to it', async () => {
  const access = { ...PUBLIC_ACCESS, resolve: () => Promise.reject(new Error('no name was to be looked up')) };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...PRIVATE).chain((range) => addressIn(range).map(String)),
      async (address) => {
        for (const host of hostForms(address)) {
          const answer = await checkUrl(`http://${host}/`, undefined, { access, ports: [80] }).catch(
            (error: unknown) => (AppError.is(error) ? error.code : error),
          );
          expect([host, answer]).toEqual([host, 'URL_REFUSED']);
        }
      },
    ),
  );
});
