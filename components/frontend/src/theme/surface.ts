import type { Scheme } from './state-color.ts';

/** Neutral backgrounds: nothing tinted stands beside a picture whose colours are being judged. */
export const SURFACES = {
  page: { light: '#F4F4F4', dark: '#191919' },
  card: { light: '#FFFFFF', dark: '#232323' },
  /** Behind pictures: mid-dark in the dark scheme, never black. */
  surround: { light: '#EAEAEA', dark: '#2E2E2E' },
} as const satisfies Record<string, Readonly<Record<Scheme, string>>>;

export const LINES = {
  line: { light: '#DEDEDE', dark: '#3A3A3A' },
  strongLine: { light: '#8C8C8C', dark: '#7A7A7A' },
} as const satisfies Record<string, Readonly<Record<Scheme, string>>>;

/** Grounds that a visitor may choose for judging tones; the same in both schemes. */
export const SURROUND_GRAYS = { light: '#F4F4F4', mid: '#808080', dark: '#1C1C1C' } as const;

/** Channels of a histogram: apart from one another for every kind of vision, by lightness too. */
export const CHANNELS = {
  red: { light: '#C4342B', dark: '#FF8A7A' },
  green: { light: '#1E8449', dark: '#7FDB9B' },
  blue: { light: '#1F5FBF', dark: '#7FB2FF' },
} as const satisfies Record<string, Readonly<Record<Scheme, string>>>;
