import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';

/** Gives a function that says a parameter of an operation in the visitor's language: `Kernel side 5`, `Precise magnitude: on`. */
export function useParameterWords(): (op: string, name: string, value: unknown) => string {
  const words = useTranslations('pipeline');
  const formats = useFormats();
  return (op, name, value) => {
    const say = (key: string, otherwise: string): string => {
      const known = `operations.${op}.params.${name}.${key}` as 'operations.median.params.ksize.label';
      return words.has(known) ? words(known) : otherwise;
    };
    const label = say('label', name);
    if (typeof value === 'boolean') return words(value ? 'value.on' : 'value.off', { label });
    if (typeof value === 'number') return `${label} ${formats.exact(value)}`;
    return `${label}: ${say(`options.${String(value)}`, String(value))}`;
  };
}
