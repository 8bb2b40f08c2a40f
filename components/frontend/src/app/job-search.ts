/** By what the regions of a picture are coloured. */
export const COLOUR_BYS = ['state', 'machine', 'time'] as const;
export type ColourBy = (typeof COLOUR_BYS)[number];

/** What of a job's page is in its address, besides the job. */
export interface JobSearch {
  /** Seconds since the job was submitted whose state is shown; absent: now, or the result. */
  readonly t?: number | undefined;
  readonly by?: Exclude<ColourBy, 'state'> | undefined;
  /** Whether the regions are listed as a table below the picture. */
  readonly table?: true | undefined;
}

/** Reads the address of a job's page; what is not understood counts as absent, other keys are left as they are. */
export function readJobSearch(search: Record<string, unknown>): JobSearch & Record<string, unknown> {
  const { t, by, table, ...others } = search;
  return {
    ...others,
    ...(typeof t === 'number' && Number.isFinite(t) && t >= 0 ? { t } : {}),
    ...(by === 'machine' || by === 'time' ? { by } : {}),
    ...(table === true ? { table } : {}),
  };
}
