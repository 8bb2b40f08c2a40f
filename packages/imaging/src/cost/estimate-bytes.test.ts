import { pipelineSchema, type Output } from '@tessera/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveOutput } from '../plan/resolve-output.ts';
import { estimateBytes } from './estimate-bytes.ts';

const picture = { width: 4000, height: 3000, channels: 3 };
const output = (format: Output['format'], quality?: number): Output => resolveOutput({ format, quality }, picture);
const none = pipelineSchema.parse([]);

describe('estimateBytes', () => {
  it('is what a photo of 12 megapixels takes', () => {
    const { low, high } = estimateBytes(none, output('jpeg', 85));
    expect(low).toBeLessThan(2e6);
    expect(high).toBeGreaterThan(2e6);
    expect(high).toBeLessThan(6e6);
  });

  it('is never more than the pixels themselves by much, and grows with the quality', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('jpeg' as const, 'webp' as const, 'avif' as const),
        fc.integer({ min: 1, max: 99 }),
        (format, quality) => {
          const [less, more] = [
            estimateBytes(none, output(format, quality)),
            estimateBytes(none, output(format, quality + 1)),
          ];
          return less.low <= more.low && less.high <= more.high && less.low < less.high && more.high < 4000 * 3000 * 3;
        },
      ),
    );
  });

  it('knows that edges and two levels take little where nothing is lost', () => {
    const photo = estimateBytes(none, output('png'));
    for (const op of ['canny', 'threshold']) {
      expect(estimateBytes(pipelineSchema.parse([{ op }]), output('png')).high).toBeLessThan(photo.low / 2);
    }
  });
});
