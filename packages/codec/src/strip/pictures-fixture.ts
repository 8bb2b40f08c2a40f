import { createRaster, type Raster } from '@tessera/imaging';

/** A small linear congruential generator (Numerical Recipes, 7.1): the same seed gives the same pictures everywhere. */
export function randomBytes(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
}

export type Texture = 'noise' | 'smooth' | 'flat' | 'drawing';

/** A picture that stands for its kind: noise has no structure, smooth is like a photo, drawing has few hard edges. */
export function makePicture(width: number, height: number, channels: number, texture: Texture, seed = 1): Raster {
  const raster = createRaster(width, height, channels);
  const random = randomBytes(seed);
  for (let i = 0; i < raster.data.length; i += 1) {
    const c = i % channels;
    const x = Math.floor(i / channels) % width;
    const y = Math.floor(i / channels / width);
    raster.data[i] = sample(texture, x, y, c, random);
  }
  return raster;
}

/** A picture of 16 bits whose upper bytes are those of `makePicture`, and whose lower ones are noise. */
export function makeDeepPicture(...[width, height, channels, texture, seed = 1]: Parameters<typeof makePicture>) {
  const raster = createRaster(width, height, channels, 16);
  const upper = makePicture(width, height, channels, texture, seed).data;
  const lower = makePicture(width, height, channels, 'noise', seed + 1).data;
  for (let i = 0; i < raster.data.length; i += 1) raster.data[i] = (upper[i]! << 8) | lower[i]!;
  return raster;
}

function sample(texture: Texture, x: number, y: number, c: number, random: () => number): number {
  if (texture === 'noise') return random();
  if (texture === 'flat') return 40 + 70 * c;
  if (texture === 'drawing') return ((x >> 4) + (y >> 3) * (c + 1)) % 5 === 0 ? 0 : 255;
  return 128 + 90 * Math.sin(x / 17 + c) * Math.cos(y / 23 - c) + (random() & 3);
}
