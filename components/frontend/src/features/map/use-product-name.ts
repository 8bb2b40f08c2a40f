import { useTranslations } from 'use-intl';
import { measureOf, type MapProduct } from './use-product.ts';

/** What a product is called: the name it was given, with what its values are. */
export function useProductName() {
  const words = useTranslations('map.measures');
  return (product: MapProduct): string | undefined => {
    const name = product.job?.image.name ?? product.shared?.name;
    const measure = measureOf(product);
    if (name === undefined || measure === undefined) return name;
    const known = words.has(measure as 'ndvi') ? words(measure as 'ndvi') : measure.toUpperCase();
    return name.toLowerCase().includes(known.toLowerCase()) ? name : `${known} · ${name}`;
  };
}
