import { catalogueSiteSchema } from '@tessera/contracts';
import { equal } from '../../http/admin.ts';

/** Sites that may tell this one of their things: names and tokens. */
export type CatalogueMembers = ReadonlyMap<string, string>;

const TOKEN = /^\S{16,}$/;

/** Reads lines of a name, a space and a token; undefined if one of them is something else, or a name or token comes twice. */
export function parseMembers(text: string): CatalogueMembers | undefined {
  const members = new Map<string, string>();
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const [name = '', token = '', ...rest] = line.split(/\s+/);
    const isKnown = members.has(name) || [...members.values()].includes(token);
    if (rest.length > 0 || isKnown || !catalogueSiteSchema.safeParse(name).success || !TOKEN.test(token))
      return undefined;
    members.set(name, token);
  }
  return members;
}

/** The site whose token this is. All are compared, so that the time tells nothing. */
export function memberOf(members: CatalogueMembers, token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  let found: string | undefined;
  for (const [name, known] of members) if (equal(token, known)) found = name;
  return found;
}
