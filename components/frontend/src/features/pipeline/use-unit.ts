import { useTranslations } from 'use-intl';

/** Gives the sign of a unit in the visitor's language; units that this page does not know are shown as they are. */
export function useUnit(): (unit: string | undefined) => string | undefined {
  const words = useTranslations('pipeline.unit');
  return (unit) => {
    const known = unit as 'px' | undefined;
    return known && words.has(known) ? words(known) : unit;
  };
}
