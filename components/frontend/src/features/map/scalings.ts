export type ScalingName = 'file' | 'landsat' | 'sentinel' | 'sentinelOld' | 'own';

/** What makes reflectances of samples; `file`: what the file says. */
export const SCALINGS: Readonly<
  Record<Exclude<ScalingName, 'own'>, { readonly scale: number; readonly offset: number } | undefined>
> = {
  file: undefined,
  /** Collection 2, level 2. */
  landsat: { scale: 0.0000275, offset: -0.2 },
  /** Processing baseline 04.00 and later, from January 2022. */
  sentinel: { scale: 0.0001, offset: -0.1 },
  sentinelOld: { scale: 0.0001, offset: 0 },
};
