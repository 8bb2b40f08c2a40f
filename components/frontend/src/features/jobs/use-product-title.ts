import type { ProductFacts } from '@tessera/contracts';
import { useTranslations } from 'use-intl';

/** Gives a function that names what a product shows: `NDVI`, `Median composite`, or its expression. */
export function useProductTitle(): (product: ProductFacts) => string {
  const words = useTranslations('pipeline.products');
  return ({ kind, index, expression, rule }) => {
    if (index !== undefined) return index.toUpperCase();
    if (expression !== undefined) return expression;
    if (kind === 'mosaic') return words('mosaic');
    const key = `rules.${rule ?? 'other'}` as 'rules.median';
    return words.has(key) ? words(key) : words('other');
  };
}
