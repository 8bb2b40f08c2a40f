import { describe, expect, it } from 'vitest';
import { colorDistance, contrastRatio, type Vision } from './color-distance.ts';
import { STATE_LOOKS, VISUAL_STATES, type Scheme } from './state-color.ts';
import { SURFACES } from './surface.ts';

const SCHEMES: readonly Scheme[] = ['light', 'dark'];
const VISIONS: readonly Vision[] = ['normal', 'protan', 'deutan', 'tritan'];
/** The smallest distance that keeps two states apart at a glance. */
const FLOOR = 18;

function smallestDistance(scheme: Scheme, vision: Vision): number {
  let smallest = Infinity;
  for (const [index, one] of VISUAL_STATES.entries()) {
    for (const other of VISUAL_STATES.slice(index + 1)) {
      smallest = Math.min(
        smallest,
        colorDistance(STATE_LOOKS[one].fill[scheme], STATE_LOOKS[other].fill[scheme], vision),
      );
    }
  }
  return smallest;
}

describe('state colours', () => {
  it.each(SCHEMES.flatMap((scheme) => VISIONS.map((vision) => [scheme, vision] as const)))(
    'stay apart in the %s scheme with %s vision',
    (scheme, vision) => {
      expect(smallestDistance(scheme, vision)).toBeGreaterThanOrEqual(FLOOR);
    },
  );

  it.each(SCHEMES)('has words that can be read on every surface of the %s scheme', (scheme) => {
    for (const state of VISUAL_STATES) {
      for (const surface of Object.values(SURFACES)) {
        expect(contrastRatio(STATE_LOOKS[state].text[scheme], surface[scheme])).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it('has a glyph of its own for every state', () => {
    expect(new Set(VISUAL_STATES.map((state) => STATE_LOOKS[state].glyph)).size).toBe(VISUAL_STATES.length);
  });
});

describe('colorDistance', () => {
  it('is 0 for equal colours and 100 between black and white', () => {
    expect(colorDistance('#4fa8e8', '#4fa8e8', 'deutan')).toBe(0);
    expect(colorDistance('#000000', '#ffffff', 'normal')).toBeCloseTo(100, 3);
  });

  it('finds the pair that deutan vision confuses', () => {
    expect(colorDistance('#d55e00', '#9c7a00', 'normal')).toBeGreaterThan(
      colorDistance('#d55e00', '#9c7a00', 'deutan'),
    );
  });
});

describe('contrastRatio', () => {
  it('is 21 between black and white', () => {
    expect(contrastRatio('#ffffff', '#000000')).toBeCloseTo(21, 5);
  });
});
