import { AppError } from '@tessera/runtime';
import type { CatalogueStore } from '@tessera/store';
import type { Request } from 'express';
import { memberOf, type CatalogueMembers } from '../catalogue/exchange/members.ts';
import { catalogueRecord } from '../catalogue/exchange/record.ts';
import { bearerToken } from '../http/admin.ts';
import { siteAddress } from '../http/site-address.ts';
import type { HandlersOf } from './parts.ts';

export interface CatalogueExchangeParts {
  readonly store: CatalogueStore;
  /** Name of this site. */
  readonly site: string;
  readonly members: CatalogueMembers;
  readonly publicUrl: string | undefined;
}

export function catalogueExchangeHandlers({
  store,
  site,
  members,
  publicUrl,
}: CatalogueExchangeParts): HandlersOf<'listCatalogueChanges' | 'putCatalogueRecords'> {
  const requireMember = (request: Request): string => {
    const member = memberOf(members, bearerToken(request));
    if (member === undefined) throw new AppError('UNAUTHORIZED');
    return member;
  };
  return {
    async listCatalogueChanges({ query, request }) {
      const address = siteAddress(request, publicUrl);
      const { changes, next, more } = await store.catalogueChanges(query);
      const records = changes.map((change) => catalogueRecord(change, { name: site, address }));
      return { feed: await store.catalogueFeed(), records, next, more };
    },

    async putCatalogueRecords({ body, request }) {
      const member = requireMember(request);
      const foreign = body.records.find((record) => record.site !== member);
      if (foreign !== undefined) {
        throw new AppError('FORBIDDEN', { message: `The token is that of ${member}, not of ${foreign.site}.` });
      }
      return { feed: await store.catalogueFeed(), taken: await store.putRecords(body.records) };
    },
  };
}
