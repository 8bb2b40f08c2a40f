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

/** The name of a kind of stage; one that this page does not know keeps its own. */
export function useStageName(): (kind: string) => string {
  const words = useTranslations('ops');
  return (kind) => {
    const known = KINDS.find((one) => one === kind);
    return known === undefined ? kind : words(`kinds.${known}`);
  };
}
