import type { JobDto } from '@tessera/contracts';

type Stage = JobDto['stages'][number];

/** A stage, or all looks at the picture that one operation takes. */
export interface StageGroup {
  readonly stages: readonly Stage[];
  /** Times that the picture is looked at, at most, and those that were needed or may be yet; absent: it is one stage. */
  readonly rounds?: { readonly most: number; readonly needed: number };
}

const isLook = (stages: readonly Stage[], at: number): boolean =>
  stages[at]?.kind === 'observe' && stages[at + 1]?.kind === 'merge';

/** Joins the rounds of operations that look at the picture again and again; all other stages stay alone. */
export function groupStages(stages: readonly Stage[]): readonly StageGroup[] {
  const groups: StageGroup[] = [];
  for (let at = 0; at < stages.length;) {
    let end = at;
    while (isLook(stages, end)) end += 2;
    const most = (end - at) / 2;
    if (most < 2) {
      groups.push({ stages: stages.slice(at, at + 1) });
      at += 1;
      continue;
    }
    const rounds = stages.slice(at, end);
    const passed = rounds.filter(({ passedOver }) => passedOver).length / 2;
    groups.push({ stages: rounds, rounds: { most, needed: most - passed } });
    at = end;
  }
  return groups;
}
