const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Writes a number of bytes for people, in decimal units with at most three digits: `31.2 MB`. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)}\u00a0${UNITS[unit] ?? 'B'}`;
}
