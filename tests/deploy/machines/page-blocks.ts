import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkout, roles, type Role } from './checkout.ts';

/** Commands of the page for one machine. */
export interface PageBlock {
  readonly role: Role;
  readonly commands: string;
}

/**
 * The fenced blocks of a page that name a machine, "```sh broker", by heading of the second level and in order.
 *
 * @param page path in the project.
 */
export async function readPageBlocks(page: string): Promise<ReadonlyMap<string, readonly PageBlock[]>> {
  const sections = (await readFile(join(checkout, page), 'utf8')).split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [heading = '', ...rest] = section.split('\n');
      const found = rest.join('\n').matchAll(/^```sh (\w+)\n([^]*?)^```$/gm);
      return [heading, [...found].map(([, role = '', commands = '']) => ({ role: knownRole(role), commands }))];
    }),
  );
}

function knownRole(name: string): Role {
  const role = roles.find((role) => role === name);
  if (role === undefined) throw new Error(`A block of the page is for the machine ${name}, of which there is none.`);
  return role;
}
