import { describe, expect, it } from 'vitest';
import { EarlyStarts } from './early-starts.ts';
import { shareOfWhole } from './share-of-whole.ts';

const job = (id: string, share: number) => ({
  id,
  progress: { share, done: 0, total: 1, eta: null, etaSeconds: null },
});

class Kept implements Pick<Storage, 'getItem' | 'setItem'> {
  value: string | null = null;
  getItem = (): string | null => this.value;
  setItem = (_key: string, value: string): void => {
    this.value = value;
  };
}

describe('the bar over upload and processing', () => {
  it('never falls where the upload ends and the job begins, and is whole only at the end', () => {
    const shown = [0, 0.5, 1].map((uploaded) => shareOfWhole(uploaded, 0));
    const made = [0, 0.1, 0.99, 0.9999, 1].map((share) => shareOfWhole(1, share));
    const all = [...shown, ...made];
    expect(all).toEqual(all.toSorted((a, b) => a - b));
    expect(all.indexOf(1)).toBe(all.length - 1);
  });

  it('goes on for jobs that were started early, over a reload too; others show their own share', () => {
    const storage = new Kept() as unknown as Storage;
    const starts = new EarlyStarts(storage);
    starts.note([{ id: 'early' }]);
    for (const each of [starts, new EarlyStarts(storage)]) {
      expect(each.shareOf(job('early', 0))).toBeCloseTo(0.3);
      expect(each.shareOf(job('early', 1))).toBe(1);
      expect(each.shareOf(job('other', 0.2))).toBe(0.2);
    }
    expect(new EarlyStarts(undefined).shareOf(job('early', 0))).toBe(0);
  });
});
