import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { listCatalogueEntries, listCatalogueProducts } from '../../api/catalogue.ts';
import { cataloguePictures } from './catalogue-pictures.ts';
import { catalogueShapes } from './catalogue-shapes.ts';

/** Milliseconds of rest after which what is looked for is asked for. */
const REST = 300;

/** Shared products and entries, and the visitor's own, by words. */
export function useCatalogue(enabled: boolean) {
  const [sought, setSought] = useState('');
  const [words] = useDebouncedValue(sought.trim(), REST);
  const products = useQuery({
    queryKey: ['catalogue', 'products', words],
    queryFn: ({ signal }) => listCatalogueProducts(words, signal),
    enabled,
    placeholderData: (before) => before,
  });
  const entries = useQuery({
    queryKey: ['catalogue', 'entries', words],
    queryFn: ({ signal }) => listCatalogueEntries(words, signal),
    enabled,
    placeholderData: (before) => before,
  });
  const [shownProducts, shownEntries] = [products.data, entries.data];
  const shapes = useMemo(
    () => (enabled ? catalogueShapes(shownProducts ?? [], shownEntries ?? []) : []),
    [enabled, shownProducts, shownEntries],
  );
  const pictures = useMemo(() => (enabled ? cataloguePictures(shownEntries ?? []) : []), [enabled, shownEntries]);
  return {
    ...{ sought, setSought, shapes, pictures },
    products: shownProducts ?? [],
    entries: shownEntries ?? [],
    isPending: products.isPending || entries.isPending,
    error: products.error ?? entries.error,
  };
}

export type Catalogue = ReturnType<typeof useCatalogue>;
