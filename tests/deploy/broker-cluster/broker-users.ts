import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { readYaml } from '../kubernetes/read-yaml.ts';

const manifest = new URL('../../../config/kubernetes/overlays/example/broker-users.yaml', import.meta.url);

type Permissions = Readonly<Record<'configure' | 'write' | 'read', string>>;

type Document =
  | { readonly kind: 'Vhost'; readonly spec: { readonly name: string } }
  | { readonly kind: 'User'; readonly metadata: { readonly name: string }; readonly spec: { readonly tags?: string[] } }
  | {
      readonly kind: 'Permission';
      readonly spec: {
        readonly vhost: string;
        readonly userReference: { readonly name: string };
        readonly permissions: Permissions;
      };
    };

/** The users of a broker by their names, with their passwords. */
export type BrokerUsers = ReadonlyMap<string, string>;

/**
 * Makes the virtual host and the users of the example for Kubernetes, with their permissions, by the management
 * interface, as the operator of that example does.
 *
 * @param managementUrl of a node whose user `guest` may do everything.
 */
export async function createBrokerUsers(managementUrl: string): Promise<BrokerUsers> {
  const put = async (path: string, body: unknown): Promise<void> => {
    const response = await fetch(`${managementUrl}/api/${path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...basic('guest', 'guest') },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${await response.text()}`);
  };
  const users = new Map<string, string>();
  for (const document of (await readYaml(await readFile(manifest, 'utf8'))) as readonly Document[]) {
    if (document.kind === 'Vhost') {
      await put(`vhosts/${document.spec.name}`, {});
    } else if (document.kind === 'User') {
      const { name } = document.metadata;
      const password = randomBytes(16).toString('hex');
      await put(`users/${name}`, { password, tags: (document.spec.tags ?? []).join(',') });
      users.set(name, password);
    } else {
      const { vhost, userReference, permissions } = document.spec;
      await put(`permissions/${vhost}/${userReference.name}`, permissions);
    }
  }
  return users;
}

/** The header that says who asks. */
export function basic(user: string, password: string): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}
