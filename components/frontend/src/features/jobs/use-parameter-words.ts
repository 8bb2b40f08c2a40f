import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';

/** Gives a function that says a parameter with its value in the visitor's language, where there are the words of parameters: `Kernel side 5`, `Precise magnitude: on`. */
export function useParameterWords(): (op: string, name: string, value: unknown) => string {
  const words = useTranslations('parameters');
  const switches = useTranslations('pipeline.value');
  const formats = useFormats();
  return (op, name, value) => {
    const say = (key: string, otherwise: string): string => {
      const known = `${op}.${name}.${key}` as 'median.ksize.label';
      return words.has(known) ? words(known) : otherwise;
    };
    const label = say('label', name);
    if (typeof value === 'boolean') return switches(value ? 'on' : 'off', { label });
    if (typeof value === 'number') return `${label} ${formats.exact(value)}`;
    return `${label}: ${say(`options.${String(value)}`, String(value))}`;
  };
}
