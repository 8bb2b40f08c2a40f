import type { CatalogueProduct } from '@tessera/contracts';
import { sharedProduct } from './product-name.ts';

/** The map of the site that has a product's files; undefined where it is this one. Pages read files of their own site only. */
export function mapElsewhere({ id, links }: Pick<CatalogueProduct, 'id' | 'links'>, here: string): string | undefined {
  const { origin } = new URL(links.cog, here);
  return origin === new URL(here).origin ? undefined : `${origin}/map?product=${encodeURIComponent(sharedProduct(id))}`;
}
