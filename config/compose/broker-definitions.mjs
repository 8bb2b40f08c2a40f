import { createHash, hkdfSync } from 'node:crypto';

const own = String.raw`^tessera\.(control|presence|tasks)\.v1\..*`;

/** Rights on names of the virtual host: the master declares the queues, executors use theirs. */
const rights = {
  master: { configure: String.raw`^tessera\.`, write: String.raw`^tessera\.`, read: String.raw`^tessera\.` },
  executor: {
    configure: own,
    write: String.raw`(${own})|^tessera\.(events|presence|dead)\.v1$`,
    read: String.raw`(${own})|^tessera\.(tasks|control)\.v1$`,
  },
};

/**
 * What RabbitMQ imports at its start: the virtual host and its users. Where definitions are imported, the broker makes
 * no user `guest`.
 *
 * @param {Record<'master' | 'executor' | 'operator', { name: string, password: string }>} users the operator may look at
 *   the management page and change nothing.
 */
export function brokerDefinitions(users) {
  const definitions = {
    vhosts: [{ name: 'tessera' }],
    users: Object.entries(users).map(([role, { name, password }]) => ({
      name,
      password_hash: passwordHash(password),
      hashing_algorithm: 'rabbit_password_hashing_sha256',
      tags: role === 'operator' ? ['monitoring'] : [],
    })),
    permissions: [
      ...Object.entries(rights).map(([role, right]) => ({ user: users[role].name, vhost: 'tessera', ...right })),
      { user: users.operator.name, vhost: 'tessera', configure: '^$', write: '^$', read: '^$' },
    ],
  };
  return `${JSON.stringify(definitions, null, 2)}\n`;
}

/** Salt and SHA-256 as RabbitMQ keeps them. The salt follows from the password, so that equal passwords hash equally. */
function passwordHash(password) {
  const salt = Buffer.from(hkdfSync('sha256', password, '', 'salt of the broker’s password', 4));
  return Buffer.concat([salt, createHash('sha256').update(salt).update(password).digest()]).toString('base64');
}
