import { expect, test } from 'vitest';
import { serviceFile } from './service-file.ts';

test.each([
  [
    'postgres://ann:p%40ss%20word@db.example:5433/tessera',
    'host=db.example\nport=5433\nuser=ann\npassword=p@ss word\ndbname=tessera',
  ],
  ['postgres://ann@[::1]/tessera?sslmode=require', 'sslmode=require\nhost=::1\nport=5432\nuser=ann\ndbname=tessera'],
  ['postgres:///tessera?host=/run/postgresql', 'host=/run/postgresql\nport=5432\ndbname=tessera'],
])('%s', (address, lines) => {
  expect(serviceFile(address, undefined)).toBe(`[tessera]\n${lines}\n`);
});

test('with an authority the server has to prove its name', () => {
  expect(serviceFile('postgres://db.example/tessera?sslmode=disable', '/etc/tessera/tls/ca.pem')).toBe(
    '[tessera]\nsslmode=verify-full\nhost=db.example\nport=5432\ndbname=tessera\nsslrootcert=/etc/tessera/tls/ca.pem\n',
  );
});
