import { useMemo } from 'react';
import { useFormatter, useTranslations } from 'use-intl';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

export type Formats = ReturnType<typeof formatsOf>;

/** Figures for people in the visitor's language: bytes, durations, sizes, counts, times. The same object until that changes. */
export function useFormats(): Formats {
  const format = useFormatter();
  const words = useTranslations('format');
  return useMemo(() => formatsOf(format, words), [format, words]);
}

function formatsOf(format: ReturnType<typeof useFormatter>, words: ReturnType<typeof useTranslations<'format'>>) {
  const fixed = (value: number, digits: number): string =>
    format.number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });

  return {
    count: (value: number): string => format.number(value),
    /** `share` is 0–1. */
    percent: (share: number): string => format.number(share, { style: 'percent', maximumFractionDigits: 0 }),
    list: (names: readonly string[]): string => format.list(names),
    dateTime: (date: Date): string => format.dateTime(date, { dateStyle: 'medium', timeStyle: 'short' }),
    date: (date: Date): string => format.dateTime(date, { dateStyle: 'medium' }),
    relative: (date: Date, now: Date): string => format.relativeTime(date, now),

    /** Decimal units with at most three digits: `31.2 MB`. */
    bytes: (bytes: number): string => {
      let value = Math.max(0, bytes);
      let unit = 0;
      while (value >= 999.5 && unit < UNITS.length - 1) {
        value /= 1000;
        unit += 1;
      }
      const digits = unit === 0 || value >= 99.95 ? 0 : 1;
      return words('bytes', { value: fixed(value, digits), unit: words(`units.${UNITS[unit] ?? 'B'}`) });
    },

    /** How long something took: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
    duration: (seconds: number): string => {
      if (seconds < 9.95) return words('seconds', { seconds: fixed(Math.max(0, seconds), 1) });
      const whole = Math.round(seconds);
      if (whole < 60) return words('seconds', { seconds: fixed(whole, 0) });
      const minutes = Math.floor(whole / 60);
      if (whole < 3600) return words('minutes', { minutes: fixed(minutes, 0), seconds: fixed(whole % 60, 0) });
      return words('hours', { hours: fixed(Math.floor(minutes / 60), 0), minutes: fixed(minutes % 60, 0) });
    },

    /** The same without fractions, for what is told while it grows: `0 s`, `12 s`, `3 min 20 s`. */
    wholeDuration(seconds: number): string {
      return seconds < 9.95
        ? words('seconds', { seconds: fixed(Math.floor(Math.max(0, seconds)), 0) })
        : this.duration(seconds);
    },

    /** A figure that may be small: `0`, `0.04`, `1.3`, `240`. */
    amount: (value: number): string =>
      format.number(value, { maximumFractionDigits: value >= 100 ? 0 : value >= 1 ? 1 : 2 }),

    /** A figure with all that a measurement has of it: `10`, `0.000089831`, `600,000`. */
    exact: (value: number): string => format.number(value, { maximumSignificantDigits: 12 }),

    /** Time of the day to the minute, and to the second. */
    hour: (date: Date): string => format.dateTime(date, { hour: '2-digit', minute: '2-digit' }),
    clock: (date: Date): string => format.dateTime(date, { hour: '2-digit', minute: '2-digit', second: '2-digit' }),

    /** A size in pixels, width first in every language: `12,000 × 9,000`. */
    size: (width: number, height: number): string =>
      `\u2066${words('size', { width: format.number(width), height: format.number(height) })}\u2069`,

    megapixels: (width: number, height: number): string => {
      const mega = (width * height) / 1e6;
      if (mega < 0.05) return words('fewMegapixels');
      return words('megapixels', { value: fixed(mega, mega < 10 ? 1 : 0) });
    },
  };
}
