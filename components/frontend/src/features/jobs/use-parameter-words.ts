import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';

/** Gives a function that says a parameter of an operation in the visitor's language: `Kernel side 5`, `Precise magnitude: on`. */
export function useParameterWords(): (op: string, name: string, value: unknown) => string {
  const words = useTranslations('pipeline');
  const formats = useFormats();
  return (op, name, value) => {
    const key = `operations.${op}.params.${name}.label` as 'operations.median.params.ksize.label';
    const label = words.has(key) ? words(key) : name;
    if (typeof value === 'boolean') return words(value ? 'value.on' : 'value.off', { label });
    return `${label} ${typeof value === 'number' ? formats.exact(value) : String(value)}`;
  };
}
