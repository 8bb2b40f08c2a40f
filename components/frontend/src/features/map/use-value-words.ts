import { toLonLat } from 'ol/proj.js';
import { useFormatter, useTranslations } from 'use-intl';
import type { ValuesAt } from './use-value-at.ts';

export interface ValueWords {
  readonly place: string;
  readonly values: readonly { readonly name: string; readonly value: string }[];
}

/** Degrees with as many digits as a metre needs. */
const DIGITS = 5;

/** What is said of the values at a point; `names` are those of the rasters. */
export function useValueWords() {
  const words = useTranslations('map.value');
  const format = useFormatter();
  // Seven significant digits tell any two values of a float32 apart that can be seen.
  const number = (value: number): string => format.number(value, { maximumSignificantDigits: 7 });
  return ({ point, values }: ValuesAt, names: readonly string[]): ValueWords => {
    const [lon = 0, lat = 0] = toLonLat([...point]);
    return {
      place: `${lat.toFixed(DIGITS)}°, ${lon.toFixed(DIGITS)}°`,
      values: values.flatMap((at, n) => {
        const name = names[n];
        if (name === undefined) return [];
        const measured = at?.values.map((value) => (value === null ? words('nothing') : number(value)));
        const one = new Set(at?.values).size === 1 && at?.values[0] === null;
        return [
          { name, value: measured === undefined ? words('outside') : one ? words('nothing') : measured.join(' · ') },
        ];
      }),
    };
  };
}
