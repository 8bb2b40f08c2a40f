import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { compositeOf, noiseScenes } from './scenes.fixture.ts';

const region = { x: 0, y: 16, width: 29, height: 23 };

/** numpy's answers, one line of numbers for each rule; −1 where no sample counts. */
const ORACLE = `
import sys, json, numpy as np
ask = json.load(sys.stdin)
x = np.array(ask['samples'], dtype=ask['type']).astype(np.float64)
x[(x == 0) | (x == ask['saturation'])] = np.nan
none = np.isnan(x).all(axis=0)
x[:, none] = 0
def out(v): return np.where(none, -1, v).tolist()
answers = {}
for p in ask['percentiles']: answers[str(p)] = out(np.nanpercentile(x, p, axis=0, method='higher'))
answers['median'] = out([np.sort(c[~np.isnan(c)])[np.count_nonzero(~np.isnan(c)) // 2] for c in x.T])
answers['mean'] = out((np.nansum(x, axis=0) / np.count_nonzero(~np.isnan(x), axis=0)).astype(np.float32))
answers['max'] = out(np.nanmax(x, axis=0))
answers['min'] = out(np.nanmin(x, axis=0))
answers['count'] = np.where(none, 0, np.count_nonzero(~np.isnan(x), axis=0)).tolist()
print(json.dumps(answers))
`;

describe.each([
  { type: 'uint8', saturation: 255, scenes: 13 },
  { type: 'uint16', saturation: 65_534, scenes: 6 },
  { type: 'uint8', saturation: 255, scenes: 2 },
] as const)('statistics of $scenes bands of $type', ({ type, saturation, scenes }) => {
  it('are those of numpy', () => {
    const blocks = noiseScenes(scenes, region, type, 40, 5, 2).map((block) => {
      // A corner that no scene saw.
      block.bands[1]!.fill(0, 0, 9);
      return block;
    });
    const percentiles = [0, 10, 25, 33.3, 50, 90, 99.5, 100];
    const samples = blocks.map(({ bands }) => Array.from(bands[1]!));
    const input = JSON.stringify({ samples, type, saturation, percentiles });
    const answers = JSON.parse(
      execFileSync('/usr/bin/python3', ['-W', 'ignore', '-c', ORACLE], { input, encoding: 'utf8' }),
    ) as Record<string, number[]>;
    const rules = [
      ...percentiles.map((p) => ({ rule: { kind: 'percentile', p }, wanted: answers[String(p)] })),
      ...['median', 'mean', 'max', 'min', 'count'].map((kind) => ({ rule: { kind }, wanted: answers[kind] })),
      { rule: { kind: 'clear-count' }, wanted: answers.count },
    ];
    for (const { rule, wanted } of rules) {
      const result = compositeOf({ composite: { rule, saturation }, scenes: blocks });
      const valid = result.valid[1];
      const values = Array.from(result.bands[1]!, (value, at) => (valid?.[at] === 0 ? -1 : value));
      expect({ rule, values }).toEqual({ rule, values: wanted });
      expect(result.bands[1]![0]).toBe(0);
    }
  });

  it('count what is clear apart from what is measured', () => {
    const blocks = noiseScenes(scenes, region, type, 2, 5, 1).map((block) => {
      block.bands[0]!.fill(7);
      return block;
    });
    // Of every second scene the whole is under a cloud (bit 3), of none the lower bits matter.
    const masks = blocks.map((block, index) => {
      const bands = [new Uint16Array(region.width * region.height).fill(index % 2 === 0 ? 8 + 64 : 64)];
      return { ...block, type: 'uint16' as const, bands };
    });
    const clear = { kind: 'bits', zero: [0, 3, 4] };
    const first = (kind: string) =>
      compositeOf({ composite: { rule: { kind }, clear }, scenes: blocks, masks }).bands[0]![0];
    expect(first('count')).toBe(scenes);
    expect(first('clear-count')).toBe(scenes >> 1);
    expect(first('mean')).toBe(7);
  });
});

describe('an accumulator', () => {
  it('refuses scenes that it was not made for', () => {
    const [scene] = noiseScenes(1, region, 'uint8', 9);
    const composite = { rule: { kind: 'max' } };
    const run = (other: typeof scene) => () => compositeOf({ composite, scenes: [scene!, other!] });
    expect(run({ ...scene!, x: 1 })).toThrow(expect.objectContaining({ code: 'RASTER_MISMATCH' }));
    expect(run({ ...scene!, bands: [] })).toThrow(expect.objectContaining({ code: 'RASTER_MISMATCH' }));
    expect(run({ ...scene!, type: 'uint16' })).toThrow(expect.objectContaining({ code: 'RASTER_MISMATCH' }));
    expect(() => compositeOf({ composite, scenes: [scene!], order: [0, 0] })).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
    expect(() =>
      compositeOf({ composite: { ...composite, clear: { kind: 'classes', clear: [4] } }, scenes: [scene!] }),
    ).toThrow(expect.objectContaining({ code: 'RASTER_MISMATCH' }));
    expect(() => compositeOf({ composite, scenes: [{ ...scene!, type: 'float32' }] })).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_RASTER' }),
    );
  });
});
