import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';

const photos = ['astronaut.png', 'coffee.png', 'chelsea.png', 'rocket.jpg'].map((name) =>
  fileURLToPath(new URL(`../fixtures/photos/${name}`, import.meta.url)),
);
const cache = fileURLToPath(new URL('../.cache/bench', import.meta.url));

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function sequence(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A part of a photo, enlarged, turned, recoloured and grained: no two alike. */
export async function patch(width: number, height: number, random: () => number): Promise<Buffer> {
  const photo = photos[Math.floor(random() * photos.length)]!;
  const { width: from, height: down } = await sharp(photo).metadata();
  const share = 0.6 + 0.4 * random();
  const part = { width: Math.floor(from * share), height: Math.floor(down * share) };
  const left = Math.floor(random() * (from - part.width));
  const top = Math.floor(random() * (down - part.height));
  const [flip, flop, brightness, hue] = [
    random() < 0.5,
    random() < 0.5,
    0.8 + 0.4 * random(),
    Math.floor(360 * random()),
  ];
  const enlarged = await sharp(photo)
    .removeAlpha()
    .extract({ left, top, ...part })
    .flip(flip)
    .flop(flop)
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .modulate({ brightness, hue })
    .raw()
    .toBuffer();
  // Sensor grain: without it enlarged photos compress like no camera's file does.
  let state = Math.floor(random() * 2 ** 31) | 1;
  for (let index = 0; index < enlarged.length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    const value = enlarged[index]! + (state >> 28);
    enlarged[index] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
  return enlarged;
}

/** Makes a file once; a half-made one never keeps the name. */
export async function once(name: string, make: (path: string) => Promise<void>): Promise<string> {
  const path = join(cache, name);
  const made = await access(path).then(
    () => true,
    () => false,
  );
  if (made) return path;
  await mkdir(cache, { recursive: true });
  await make(`${path}.part`);
  await rename(`${path}.part`, path);
  return path;
}

/** A baseline JPEG of `side` × `side` pixels, a mosaic of 16 patches; gives its path. */
export function heavyImage(side: number, seed = 1): Promise<string> {
  return once(`heavy-${String(side)}-${String(seed)}.jpg`, async (path) => {
    const random = sequence(seed);
    const patchSide = Math.ceil(side / 4);
    const folder = await mkdtemp(join(cache, 'patches-'));
    try {
      const files: string[] = [];
      for (let index = 0; index < 16; index++) {
        const file = join(folder, `${String(index)}.tif`);
        const raw = { width: patchSide, height: patchSide, channels: 3 } as const;
        await sharp(await patch(patchSide, patchSide, random), { raw })
          .tiff({ compression: 'none' })
          .toFile(file);
        files.push(file);
      }
      await sharp(files, { join: { across: 4 }, limitInputPixels: false })
        .extract({ left: 0, top: 0, width: side, height: side })
        .jpeg({ quality: 88, optimiseCoding: false })
        .toFile(path);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** The same JPEG with a restart marker after each row of MCUs, as many cameras and scanners write them. */
export async function heavyImageWithRestarts(side: number, seed = 1): Promise<string> {
  const plain = await heavyImage(side, seed);
  return once(`heavy-${String(side)}-${String(seed)}-restarts.jpg`, async (path) => {
    await promisify(execFile)('jpegtran', ['-copy', 'none', '-restart', '1', '-outfile', path, plain]);
  });
}

/** Photos of 4000 × 3000 pixels as a camera saves them; gives their paths. */
export async function photoSet(count: number, seed = 2): Promise<readonly string[]> {
  const random = sequence(seed);
  const paths: string[] = [];
  for (let index = 0; index < count; index++) {
    const own = sequence(Math.floor(random() * 2 ** 31));
    paths.push(
      await once(`photo-${String(seed)}-${String(index)}.jpg`, async (path) => {
        const raw = { width: 4000, height: 3000, channels: 3 } as const;
        await sharp(await patch(4000, 3000, own), { raw })
          .jpeg({ quality: 90 })
          .toFile(path);
      }),
    );
  }
  return paths;
}

/** The portrait as it is: 512 × 512 PNG. */
export function smallImage(): string {
  return photos[0]!;
}
