import { expect, test } from 'vitest';
import { checkUrl } from './check-url.ts';
import { parseNamedHosts, withNamedHosts } from './named-hosts.ts';
import { PUBLIC_ACCESS } from './url-access.ts';

const ADDRESSES: Readonly<Record<string, string>> = { hooks: '10.1.2.3', 'hooks.lan': '10.1.2.3', nas: '192.168.7.7' };

/** Whether a request may lead to an address where the operator's list says so. */
async function leads(list: string, url: string): Promise<boolean> {
  const named = parseNamedHosts(list)!;
  const resolve = (host: string): Promise<readonly string[]> => Promise.resolve([ADDRESSES[host] ?? '10.9.9.9']);
  const access = withNamedHosts({ ...PUBLIC_ACCESS, resolve }, named);
  return checkUrl(url, undefined, { access, ports: [80, 443, 8080] }).then(
    () => true,
    () => false,
  );
}

test.each([
  ['', 'http://10.1.2.3/', false],
  ['', 'http://hooks/', false],
  ['', 'http://1.1.1.1/', true],
  ['10.1.2.0/24', 'http://10.1.2.3:8080/', true],
  ['10.1.2.0/24', 'http://10.1.3.3/', false],
  ['10.1.2.0/24', 'http://[::ffff:10.1.2.3]/', true],
  ['10.1.2.0/24', 'http://127.0.0.1/', false],
  ['10.1.2.0/24', 'http://169.254.169.254/', false],
  ['10.1.2.3', 'http://10.1.2.3/', true],
  ['10.1.2.3', 'http://10.1.2.4/', false],
  ['10.1.2.3', 'http://10.1.2.3:22/', false],
  ['fd00::/8', 'http://[fd00::1]/', true],
  ['fd00::/8', 'http://[fe80::1]/', false],
  // A name by which a machine nearby is found is let out to by name only.
  ['10.0.0.0/8', 'http://hooks/', false],
  ['10.0.0.0/8', 'http://hooks.example.org/', true],
  ['hooks, hooks.lan', 'http://hooks/', true],
  ['hooks, HOOKS.lan', 'http://hooks.lan./', true],
  ['hooks', 'http://nas/', false],
  ['hooks', 'http://my.hooks/', false],
  ['hooks', 'http://10.1.2.3/', false],
])('with “%s” a request to %s: %s', async (list, url, allowed) => {
  expect(await leads(list, url)).toBe(allowed);
});

test.each(['10.0.0.0/33', '10.0.0', '300.1.1.1', 'http://hooks', 'hooks:80', 'a b', '*.lan', '-x'])(
  'no list is %s',
  (list) => {
    expect(parseNamedHosts(list)).toBeUndefined();
  },
);
