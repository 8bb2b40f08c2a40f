/** What a picture lies on. `auto` goes with the colours of the page; the others do not, for judging tones depends on it. */
export const SURROUNDS = ['auto', 'light', 'mid', 'dark', 'checker'] as const;

export type Surround = (typeof SURROUNDS)[number];
