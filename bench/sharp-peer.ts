// The peer of every comparison: sharp doing the same by itself, in a process of its own.
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';

/** Does one piece of work on a file and gives the bytes of the result. */
type Work = (path: string) => Promise<number>;

const open = (path: string) => sharp(path, { limitInputPixels: false });

const works: Readonly<Record<string, Work>> = {
  // OpenCV's sigma for a kernel of 21: 0.3 · ((21 − 1) / 2 − 1) + 0.8.
  'blur-png': async (path) => (await open(path).blur(3.5).png().toBuffer()).length,
  'median-jpeg': async (path) =>
    (await open(path).median(5).jpeg({ quality: 85, optimiseCoding: false }).toBuffer()).length,
  'grayscale-jpeg': async (path) => (await open(path).grayscale().jpeg({ quality: 85 }).toBuffer()).length,
  'blur-png-small': async (path) =>
    (
      await sharp(await readFile(path))
        .blur(3.5)
        .png()
        .toBuffer()
    ).length,
};

const [name = '', threads = '1', parallel = '1', ...paths] = process.argv.slice(2);
const work = works[name];
if (!work) throw new Error(`no work ${name}`);
sharp.concurrency(Number(threads));
sharp.cache(false);
const queue = [...paths];
let bytes = 0;
const started = performance.now();
const run = async (): Promise<void> => {
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) bytes += await work(path);
};
await Promise.all(Array.from({ length: Number(parallel) }, run));
process.stdout.write(JSON.stringify({ milliseconds: performance.now() - started, bytes }));
