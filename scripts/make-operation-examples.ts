// Makes the example pictures of the catalogue, by the engine itself: of each operation with parameters that show what it
// does, and of each preset; or of those that are named: make-operation-examples.ts otsu k-means. The left half of the photograph stays as it is.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { OPERATIONS, PRESETS, type JobDto, type StepInput } from '@tessera/contracts';
import { parseConfig, silentLogger } from '@tessera/runtime';
import { standaloneConfigShape, startStandalone } from '@tessera/standalone';
import sharp from 'sharp';
import { createTemporaryFolder } from '../tests/services/temporary-folder.ts';

const WIDTH = 240;
const HEIGHT = 160;
/** Bytes of one example at most: the catalogue shows all of them. */
const MOST_BYTES = 8000;
/** Around a result of another shape. */
const GROUND = '#dfe3e8';
const PAPER = '#f6f1e4';
/** What makes pictures of another shape, or moves their pixels. */
const MOVING = new Set<string>(OPERATIONS.filter(({ category }) => category === 'geometry').map(({ op }) => op));
const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const folder = path('components/frontend/public/examples');

/** The middle of the astronaut: skin, fabric, fine detail and strong colours in one small picture. */
async function photograph(): Promise<Buffer> {
  const part = { left: 60, top: 0, width: 384, height: 256 };
  return sharp(await readFile(path('fixtures/photos/astronaut.png')))
    .extract(part)
    .resize(WIDTH, HEIGHT)
    .png()
    .toBuffer();
}

/** The photograph small on a sheet of paper: a border that a trim cuts off. */
async function onPaper(photograph: Buffer): Promise<Buffer> {
  const small = await sharp(photograph).resize(150, 100).toBuffer();
  return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: PAPER } })
    .composite([{ input: small, left: 24, top: 40 }])
    .png()
    .toBuffer();
}

async function call<Body>(url: string, init?: RequestInit): Promise<Body> {
  const answer = await fetch(url, init);
  if (!answer.ok) throw new Error(`${url} answered ${String(answer.status)}: ${await answer.text()}`);
  return (await answer.json()) as Body;
}

async function upload(site: string, bytes: Buffer): Promise<string> {
  const form = new FormData();
  form.append('image', new Blob([Uint8Array.from(bytes)]), 'photograph.png');
  const body = { method: 'POST', body: form };
  const { images } = await call<{ images: { id: string }[] }>(`${site}/api/v1/images`, body);
  return images[0]?.id ?? '';
}

/** What the engine makes of an image. */
async function process(site: string, image: string, pipeline: readonly StepInput[]): Promise<Buffer> {
  const body = JSON.stringify({ images: [image], pipeline, output: { format: 'png' } });
  const headers = { 'content-type': 'application/json' };
  const { jobs } = await call<{ jobs: JobDto[] }>(`${site}/api/v1/jobs`, { method: 'POST', headers, body });
  const id = jobs[0]?.id ?? '';
  for (;;) {
    const job = await call<JobDto>(`${site}/api/v1/jobs/${id}`);
    if (job.state === 'failed') throw new Error(job.error?.message);
    if (job.state === 'done') break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return Buffer.from(await (await fetch(`${site}/api/v1/jobs/${id}/result`)).arrayBuffer());
}

/** A picture of one gray that is as opaque as `alpha` tells of each place, from −1 to 1 in both directions. */
function shape(width: number, height: number, level: number, alpha: (x: number, y: number) => number): Promise<Buffer> {
  const data = Buffer.alloc(width * height * 4, level);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [x, y] = [((pixel % width) + 0.5) / width, (Math.floor(pixel / width) + 0.5) / height];
    data[pixel * 4 + 3] = Math.round(255 * Math.min(1, Math.max(0, alpha(2 * x - 1, 2 * y - 1))));
  }
  return sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
}

/** What operations that read another image are shown with. */
async function otherImages(): Promise<Readonly<Record<string, Buffer>>> {
  const coffee = sharp(await readFile(path('fixtures/photos/coffee.png')));
  return {
    blend: await coffee.resize(WIDTH, HEIGHT, { fit: 'cover' }).png().toBuffer(),
    mask: await shape(WIDTH, HEIGHT, 255, (x, y) => 12 * (0.85 - Math.hypot(x, y))),
    watermark: await shape(56, 56, 30, (x, y) =>
      Math.max(9 * (0.18 - Math.abs(Math.hypot(x, y) - 0.72)), 6 * (0.32 - Math.hypot(x, y))),
    ),
  };
}

/** Both halves in one picture, as good as it may be within the limit; of another shape, the whole result as small. */
async function example(before: Buffer, after: Buffer, isMoved: boolean): Promise<Buffer> {
  const left = WIDTH / 2;
  const shown = isMoved
    ? sharp(after).resize({ width: WIDTH - left, height: HEIGHT, fit: 'contain', background: GROUND })
    : sharp(after).extract({ left, top: 0, width: WIDTH - left, height: HEIGHT });
  const half = await shown.toColourspace('srgb').png().toBuffer();
  const joined = await sharp(before)
    .composite([{ input: half, left, top: 0 }])
    .png()
    .toBuffer();
  for (let quality = 88; ; quality -= 4) {
    const bytes = await sharp(joined).webp({ quality, effort: 6 }).toBuffer();
    if (bytes.length <= MOST_BYTES) return bytes;
  }
}

const temporary = await createTemporaryFolder('examples');
const config = parseConfig(standaloneConfigShape, { PORT: '0', TESSERA_DATA: `${temporary.path}/data` });
const site = await startStandalone(config, silentLogger());
try {
  await mkdir(folder, { recursive: true });
  const before = await photograph();
  const image = await upload(site.url, before);
  const paper = await onPaper(before);
  const imageOnPaper = await upload(site.url, paper);
  const others: Record<string, string> = {};
  for (const [op, bytes] of Object.entries(await otherImages())) others[op] = await upload(site.url, bytes);
  const shown = new Map<string, readonly StepInput[]>(
    OPERATIONS.map(({ op, example: params }) => {
      const other = others[op];
      return [op, [{ op, params: { ...params, ...(other === undefined ? {} : { image: other }) } }]];
    }),
  );
  for (const { id, pipeline } of PRESETS) shown.set(id, pipeline);
  const named = argv.slice(2);
  for (const [id, pipeline] of shown) {
    if (named.length > 0 && !named.includes(id)) continue;
    const isMoved = pipeline.some(({ op }) => MOVING.has(op));
    const [whole, from] = id === 'trim' ? [paper, imageOnPaper] : [before, image];
    const bytes = await example(whole, await process(site.url, from, pipeline), isMoved);
    await writeFile(`${folder}/${id}.webp`, bytes);
    console.log(`${id}: ${String(bytes.length)} bytes`);
  }
} finally {
  await site.close();
  await temporary.remove();
}
