import { describe, expect, it } from 'vitest';
import { CalmLeft, type ShownLeft } from './calm-left.ts';

interface Given {
  readonly at: number;
  readonly eta: { low: number; high: number } | null;
  readonly slots?: number;
  readonly retrying?: number;
}

const seconds = ({ unit, low, high }: ShownLeft): number =>
  ((low + high) / 2) * { moment: 1, seconds: 1, minutes: 60, hours: 3600 }[unit] || 4;

/** What is shown over time, looked at four times a second. */
function watch(given: readonly Given[], until: number) {
  const calm = new CalmLeft();
  const changes: { now: number; shown: ShownLeft | undefined }[] = [];
  for (let now = 0; now <= until; now += 250) {
    const last = given.filter(({ at }) => at <= now).at(-1);
    if (last) calm.take(last.eta, { slots: last.slots ?? 4, retrying: last.retrying ?? 0, now });
    const shown = calm.show(now);
    if (JSON.stringify(shown) !== JSON.stringify(changes.at(-1)?.shown)) changes.push({ now, shown });
  }
  return changes;
}

const about = (middle: number) => ({ low: middle * 0.85, high: middle * 1.15 });

describe('criterion 8: the time left is shown calmly', () => {
  it('changes every two seconds at most, and is coarse', () => {
    const given = Array.from({ length: 400 }, (_, n) => ({ at: n * 250, eta: about(100 - n / 4) }));
    const changes = watch(given, 100_000);
    for (const [n, { now }] of changes.entries())
      if (n > 1) expect(now - changes[n - 1]!.now).toBeGreaterThanOrEqual(2000);
    const told = changes.flatMap(({ shown }) => (shown ? `${shown.low} ${shown.unit}` : []));
    expect(told.slice(0, 3)).toEqual(['2 minutes', '1 minutes', '50 seconds']);
    expect(told.at(-1)).toBe('0 moment');
    expect(told.length).toBeLessThan(14);
  });

  it('counts down when nothing arrives, and never to nothing or below', () => {
    const changes = watch([{ at: 0, eta: about(40) }], 120_000);
    const told = changes.flatMap(({ shown }) => (shown ? seconds(shown) : []));
    expect(told).toEqual([...told].sort((a, b) => b - a));
    expect(Math.min(...told)).toBeGreaterThan(0);
  });

  it('does not wobble with the estimate', () => {
    const given = Array.from({ length: 600 }, (_, n) => ({
      at: n * 200,
      eta: about((150 - n / 5) * (1 + 0.15 * Math.sin(n * 1.7))),
    }));
    const told = watch(given, 120_000).flatMap(({ shown }) => (shown ? seconds(shown) : []));
    for (const [n, value] of told.entries()) if (n > 0) expect(value).toBeLessThanOrEqual(told[n - 1]! * 1.2);
  });

  it('rises much only with a reason, which goes again', () => {
    const rising = (later: Partial<Given>): readonly Given[] => [
      { at: 0, eta: about(120) },
      { at: 10_000, eta: about(240), ...later },
    ];
    const causes = (later: Partial<Given>) =>
      watch(rising(later), 40_000).flatMap(({ shown }) => (shown ? (shown.cause ?? 'none') : []));
    expect(causes({ slots: 2 })).toContain('machine-left');
    expect(causes({ retrying: 3 })).toContain('retrying');
    expect(causes({})).toContain('slower');
    expect(causes({ slots: 2 }).at(-1)).toBe('none');
  });

  it('says nothing while there is no estimate, then a range where it is wide', () => {
    const changes = watch(
      [
        { at: 0, eta: null },
        { at: 3000, eta: { low: 120, high: 480 } },
      ],
      6000,
    );
    expect(changes[0]?.now).toBe(3000);
    expect(changes.at(-1)?.shown).toMatchObject({ unit: 'minutes', low: 2, high: 8 });
  });
});
