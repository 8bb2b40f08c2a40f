import { describe, expect, it } from 'vitest';
import { createRaster, type Raster } from '@tessera/imaging';
import { makePicture, randomBytes } from '../pictures-fixture.ts';
import { chooseCoding } from './choose-coding.ts';

const WIDTH = 800;

/** Gray pixels by a function of their place. */
function draw(sample: (x: number, y: number) => number): Raster {
  const raster = createRaster(WIDTH, 128, 1);
  raster.data.forEach((_, i) => (raster.data[i] = sample(i % WIDTH, Math.floor(i / WIDTH))));
  return raster;
}

/** Lines of a text: the same few letters of 8 × 8 noisy pixels over and over. */
function text(): Raster {
  const random = randomBytes(3);
  const letters = Array.from({ length: 12 }, () => Array.from({ length: 64 }, random));
  const page = Array.from({ length: (WIDTH / 8) * 16 }, () => letters[random() % letters.length]!);
  return draw((x, y) => page[(WIDTH / 8) * (y >> 3) + (x >> 3)]![8 * (y & 7) + (x & 7)]!);
}

describe('chooseCoding', () => {
  it('looks for matches in what repeats itself only', () => {
    expect(chooseCoding(text())).toMatchObject({ filter: 'none', matches: true });
    for (const texture of ['noise', 'smooth', 'flat'] as const) {
      expect(chooseCoding(makePicture(WIDTH, 128, 3, texture)).matches).toBe(false);
    }
  });

  it('follows the direction of the picture', () => {
    const random = randomBytes(5);
    const levels = Array.from({ length: WIDTH }, random);
    const walk = Array.from({ length: WIDTH * 128 }, () => (random() & 3) - 1);
    for (let i = 1; i < walk.length; i += 1) walk[i]! += walk[i - 1]!;
    expect(chooseCoding(draw((x, y) => levels[x]! + (y & 1))).filter).toBe('up');
    // Smooth along each row, and nothing to do with the next one.
    expect(chooseCoding(draw((x, y) => levels[y]! + walk[WIDTH * y + x]!)).filter).toBe('sub');
  });

  it('chooses for the smallest rasters too', () => {
    expect(() => chooseCoding(makePicture(1, 1, 1, 'flat'))).not.toThrow();
    expect(() => chooseCoding(makePicture(300, 1, 4, 'noise'))).not.toThrow();
  });
});
