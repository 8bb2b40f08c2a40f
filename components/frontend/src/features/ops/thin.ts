import type { Moment } from './chart-panel.tsx';

/** At most `most` moments, each the mean of those that it stands for; its time is that of the last of them. */
export function thin(moments: readonly Moment[], most: number): readonly Moment[] {
  const size = Math.ceil(moments.length / most);
  if (size <= 1) return moments;
  // Groups are counted from the end, so that only the oldest may be a part.
  const first = moments.length % size;
  const groups = first === 0 ? [] : [moments.slice(0, first)];
  for (let start = first; start < moments.length; start += size) groups.push(moments.slice(start, start + size));
  return groups.flatMap((group) => {
    const last = group.at(-1);
    if (last === undefined) return [];
    const values = Object.keys(last.values).map((key) => [key, mean(group.map(({ values: one }) => one[key] ?? null))]);
    return [{ at: last.at, values: Object.fromEntries(values) as Moment['values'] }];
  });
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
