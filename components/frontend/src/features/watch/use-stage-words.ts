import { useTranslations } from 'use-intl';

const KINDS = [
  'observe',
  'merge',
  'materialize',
  'render',
  'assemble',
  'verify',
  'window',
  'overview',
  'cog',
  'range',
  'stretch',
  'paint',
  'picture',
  'sequence',
] as const;
type Kind = (typeof KINDS)[number];

const isKind = (kind: string): kind is Kind => (KINDS as readonly string[]).includes(kind);

/** Says what a stage does. */
export function useStageWords(): (kind: string) => string {
  const words = useTranslations('watch.stages');
  return (kind) => words(isKind(kind) ? kind : 'other');
}
