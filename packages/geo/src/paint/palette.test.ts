import { paletteSchema, type Palette } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { PALETTES, paletteBytes, paletteColours } from './palette.ts';

/** Matrices of Machado, Oliveira and Fernandes (2009) for complete deficiencies, on linear RGB. */
const VISIONS = {
  usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;
type Vision = keyof typeof VISIONS;
type Triple = readonly [number, number, number];

const dot = (matrix: readonly number[], [a, b, c]: Triple): Triple => {
  const row = (at: number) => matrix[at]! * a + matrix[at + 1]! * b + matrix[at + 2]! * c;
  return [row(0), row(3), row(6)];
};

/** CIE Lab, white of D65, of a colour as it is seen. */
function seen(rgb: readonly number[], vision: Vision): Triple {
  const linear = rgb.map((byte) => (byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4));
  const shown = dot(VISIONS[vision], linear as unknown as Triple).map((part) => Math.min(1, Math.max(0, part)));
  const xyz = dot(
    [0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.072175, 0.0193339, 0.119192, 0.9503041],
    shown as unknown as Triple,
  );
  const [x, y, z] = xyz.map((part, i) => {
    const t = part / [0.95047, 1, 1.08883][i]!;
    return t > 216 / 24_389 ? Math.cbrt(t) : ((24_389 / 27) * t + 16) / 116;
  }) as unknown as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const distance = (a: Triple, b: Triple): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** Nine colours at even steps from the low to the high end. */
function ninth(palette: Palette, vision: Vision): readonly Triple[] {
  const bytes = paletteBytes(palette);
  return Array.from({ length: 9 }, (_, i) => Math.round((i * 255) / 8)).map((level) =>
    seen([...bytes.subarray(3 * level, 3 * level + 3)], vision),
  );
}

/** The smallest distance between any two of them. */
function closest(palette: Palette, vision: Vision): number {
  const colours = ninth(palette, vision);
  return Math.min(...colours.flatMap((one, i) => colours.slice(i + 1).map((other) => distance(one, other))));
}

const visions = Object.keys(VISIONS) as Vision[];
const forEveryEye = paletteSchema.options.filter((palette) => PALETTES[palette].forEveryEye);

describe('palettes', () => {
  it('are ramps of 256 colours with an author and a licence', () => {
    for (const palette of paletteSchema.options) {
      expect(paletteColours(palette)).toHaveLength(256);
      expect(paletteColours(palette).every((colour) => /^#[0-9a-f]{6}$/.test(colour))).toBe(true);
      expect(PALETTES[palette].author).not.toBe('');
      expect(PALETTES[palette].licence).not.toBe('');
    }
    expect([paletteColours('viridis')[0], paletteColours('viridis')[255]]).toEqual(['#440154', '#fde725']);
    expect([...paletteBytes('greys').subarray(3, 9)]).toEqual([1, 1, 1, 2, 2, 2]);
  });

  it.each(forEveryEye)('%s is told apart at nine steps with every colour vision', (palette) => {
    for (const vision of visions) expect([vision, closest(palette, vision) > 7]).toEqual([vision, true]);
  });

  it.each(forEveryEye.filter((palette) => PALETTES[palette].kind === 'sequential'))(
    '%s only grows lighter, or only darker, in every colour vision',
    (palette) => {
      for (const vision of visions) {
        const steps = ninth(palette, vision).map(([lightness]) => lightness);
        const signs = new Set(steps.slice(1).map((lightness, i) => Math.sign(lightness - steps[i]!)));
        expect([vision, signs.size]).toEqual([vision, 1]);
      }
    },
  );
});
