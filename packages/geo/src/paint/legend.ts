import type { Legend, Palette } from '@tessera/contracts';
import { RAMP_COLOURS, paletteColours } from './palette.ts';
import type { ValueRange } from './value-range.ts';

export interface LegendWords {
  readonly title: string;
  readonly unit?: string | undefined;
}

/** Every so many of a ramp's colours is named: between them the eye sees no difference to a blend. */
const COLOUR_STEP = 5;
const MOST_TICKS = 7;

/** What the colours of a picture mean that was painted with this palette and range. */
export function makeLegend(words: LegendWords, palette: Palette, { low, high }: ValueRange): Legend {
  return {
    title: words.title,
    unit: words.unit ?? '',
    palette,
    low,
    high,
    colours: paletteColours(palette).filter((_, index) => index % COLOUR_STEP === 0 || index === RAMP_COLOURS - 1),
    ticks: ticks(low, high),
  };
}

/** Multiples of 1, 2 or 5 times a power of ten, at most {@link MOST_TICKS}; the ends alone where they are too close. */
function ticks(low: number, high: number): Legend['ticks'] {
  const rough = (high - low) / (MOST_TICKS - 1);
  const power = Math.floor(Math.log10(rough));
  const unit = [1, 2, 5, 10].find((multiple) => multiple * 10 ** power >= rough * (1 - 1e-9)) ?? 10;
  const exponent = unit === 10 ? power + 1 : power;
  const step = (unit === 10 ? 1 : unit) * 10 ** exponent;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  if (!(rough > 0) || !Number.isFinite(rough) || !Number.isSafeInteger(first) || last <= first) {
    const ends = low === high ? [low] : [low, high];
    return ends.map((value) => ({ value, label: minus(String(value)) }));
  }
  const digits = Math.min(Math.max(0, -exponent), 20);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const label = ((first + index) * step).toFixed(digits);
    // The value is the label's, without the last bits of a product of fractions; −0 is 0.
    return { value: Number(label) + 0, label: minus(label) };
  });
}

/** A minus is as wide as a digit. */
function minus(label: string): string {
  return /[1-9]/.test(label) ? label.replace(/^-/, '−') : label.replace(/^-/, '');
}
