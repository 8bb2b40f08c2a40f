import { AppError } from '@tessera/runtime';
import type { CatalogueMembers } from './members.ts';
import type { TellingSite } from './record.ts';

interface ExchangeVariables {
  readonly PUBLIC_URL?: string | undefined;
  readonly CATALOGUE_SITE?: string | undefined;
  readonly CATALOGUE_CENTRAL_URL?: string | undefined;
  readonly CATALOGUE_CENTRAL_TOKEN?: string | undefined;
  readonly CATALOGUE_MEMBERS?: CatalogueMembers | undefined;
}

/** What this site has to do with the catalogues of others. */
export interface CatalogueExchange {
  /** Name of this site among others. */
  readonly name: string;
  readonly members: CatalogueMembers;
  /** The site to keep in step with. */
  readonly central: { readonly url: string; readonly token: string; readonly site: TellingSite } | undefined;
}

/** @throws AppError INVALID_CONFIG for variables that only make sense together. */
export function catalogueExchange(config: ExchangeVariables): CatalogueExchange {
  const { PUBLIC_URL, CATALOGUE_CENTRAL_URL: url, CATALOGUE_CENTRAL_TOKEN: token } = config;
  const name = config.CATALOGUE_SITE ?? (PUBLIC_URL === undefined ? 'tessera' : new URL(PUBLIC_URL).hostname);
  const members = config.CATALOGUE_MEMBERS ?? new Map<string, string>();
  if (members.has(name)) throw wrong('CATALOGUE_MEMBERS names this site itself');
  if (url === undefined) return { name, members, central: undefined };
  if (token === undefined) throw wrong('CATALOGUE_CENTRAL_URL needs CATALOGUE_CENTRAL_TOKEN');
  if (config.CATALOGUE_SITE === undefined) throw wrong('CATALOGUE_CENTRAL_URL needs CATALOGUE_SITE');
  if (PUBLIC_URL === undefined) throw wrong('CATALOGUE_CENTRAL_URL needs PUBLIC_URL, where others read the files');
  return { name, members, central: { url, token, site: { name, address: PUBLIC_URL.replace(/\/+$/, '') } } };
}

function wrong(message: string): AppError {
  return new AppError('INVALID_CONFIG', { message: `${message}.` });
}
