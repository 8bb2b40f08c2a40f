import type { StageKind } from '@tessera/contracts';

/** Kinds of stages that this page has words for; the server may be newer and know more. */
export const STAGE_KINDS = [
  'observe',
  'merge',
  'materialize',
  'render',
  'tile',
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
] as const satisfies readonly StageKind[];

/** The kind that the server names, if this page has words for it. */
export function knownStage(kind: string): (typeof STAGE_KINDS)[number] | undefined {
  return STAGE_KINDS.find((known) => known === kind);
}
