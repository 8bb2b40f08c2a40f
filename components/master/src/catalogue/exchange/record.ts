import type { CatalogueRecord } from '@tessera/contracts';
import type { CatalogueChangeRow, CatalogueEntryRow, CatalogueProductRow } from '@tessera/store';
import { entryImage } from '../entry-dto.ts';
import { productLinks } from '../product-dto.ts';

/** The site that tells of its things. */
export interface TellingSite {
  readonly name: string;
  /** Where its files are read. */
  readonly address: string;
}

/** A thing as other sites are told of it. */
export function catalogueRecord(change: CatalogueChangeRow, site: TellingSite): CatalogueRecord {
  const { id, origin, revision } = change;
  const identity = { id, site: origin ?? site.name, revision };
  return change.type === 'product'
    ? { ...identity, type: 'product', product: change.product && productOf(change.product, site) }
    : { ...identity, type: 'entry', entry: change.entry && entryOf(change.entry, site) };
}

function wordsOf({
  name,
  description,
  creator,
  outline,
  createdAt,
  changedAt,
}: CatalogueProductRow | CatalogueEntryRow) {
  const times = { createdAt: createdAt.toISOString(), changedAt: changedAt.toISOString() };
  return { name, description, creator, outline, ...times };
}

function productOf(row: CatalogueProductRow, { address }: TellingSite) {
  const { index, epsg, resolution, width, height } = row.facts;
  const { cog, picture, legend, legendData } = productLinks(row);
  const from = (link: string | null) => absolute(link, address);
  return {
    ...wordsOf(row),
    ...{ kind: row.kind, index, epsg, resolution, width, height },
    startTime: row.startsAt?.toISOString() ?? null,
    endTime: row.endsAt?.toISOString() ?? null,
    links: {
      cog: new URL(cog, `${address}/`).href,
      picture: from(picture),
      legend: from(legend),
      legendData: from(legendData),
    },
  };
}

function entryOf(row: CatalogueEntryRow, { address }: TellingSite) {
  return {
    ...wordsOf(row),
    kind: row.kind,
    image: absolute(entryImage(row), address),
    product: row.facts.product ?? null,
  };
}

function absolute(link: string | null, address: string): string | null {
  return link === null ? null : new URL(link, `${address}/`).href;
}
