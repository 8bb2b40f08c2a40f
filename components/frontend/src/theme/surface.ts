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
