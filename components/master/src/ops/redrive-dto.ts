import type { RedriveDto } from '@tessera/contracts';
import type { RedriveRow } from '@tessera/store';

/** A redrive as operators see it. */
export function redriveDto({ createdAt, startsAt, finishedAt, ...row }: RedriveRow): RedriveDto {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    startsAt: startsAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
