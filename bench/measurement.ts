/** One line of the table: what was measured, and what was aimed at where there is an aim. */
export interface Measurement {
  readonly bench: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: { readonly atLeast: number } | { readonly atMost: number } | undefined;
}

/** Tells whether a measurement reaches its goal; `undefined` where it has none. */
export function reached({ value, goal }: Measurement): boolean | undefined {
  if (goal === undefined) return undefined;
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

/** The middle one of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Draws measurements as a table for a terminal or a Markdown page. */
export function table(measurements: readonly Measurement[]): string {
  const rows = measurements.map((measurement) => {
    const { bench, what, value, unit, goal } = measurement;
    const aim = goal === undefined ? '' : 'atLeast' in goal ? `≥ ${String(goal.atLeast)}` : `≤ ${String(goal.atMost)}`;
    const mark = { true: 'yes', false: '**no**', undefined: '' }[
      String(reached(measurement)) as 'true' | 'false' | 'undefined'
    ];
    return [bench, what, `${value.toLocaleString('en', { maximumFractionDigits: 2 })} ${unit}`.trim(), aim, mark];
  });
  const lines = [['bench', 'what', 'measured', 'goal', 'reached'], ['---', '---', '---:', '---', '---'], ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
