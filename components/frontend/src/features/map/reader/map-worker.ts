import { BlockCache } from './block-cache.ts';
import { colourSamples } from './colour-samples.ts';
import { groundOf, outlineOf } from './ground.ts';
import { openRaster, type OpenedRaster } from './opened-raster.ts';
import { coverage, pixelPlaces } from './pixel-places.ts';
import type { Answer, Question, QuestionKind, Questions } from './protocol.ts';
import { ReadFailure } from './read-failure.ts';
import { spreadOf } from './spread.ts';
import { levelOf, takeSamples } from './take-samples.ts';
import { windowIn } from './tile-window.ts';
import { WORLD } from './world.ts';

type Asked<Kind extends QuestionKind> = Questions[Kind]['ask'];
type Answered<Kind extends QuestionKind> = Promise<Questions[Kind]['answer']>;

const cache = new BlockCache();
const opened = new Map<string, Promise<OpenedRaster>>();

function rasterOf(url: string): Promise<OpenedRaster> {
  const found = opened.get(url);
  if (found) return found;
  const opening = openRaster(url);
  opened.set(url, opening);
  opening.catch(() => opened.delete(url));
  return opening;
}

async function tile({ url, tile, look }: Asked<'tile'>): Answered<'tile'> {
  const raster = await rasterOf(url);
  const window = windowIn(tile, raster.outline);
  if (window === undefined) return null;
  const level = levelOf(raster, coverage(raster.ground, tile, window));
  const taken = await takeSamples(cache, raster, level, pixelPlaces(raster.ground, tile, window));
  if (taken === undefined) return null;
  const picture = new ImageData(colourSamples(taken, look), window.width, window.height);
  if (window.width === tile.pixels && window.height === tile.pixels) return createImageBitmap(picture);
  const canvas = new OffscreenCanvas(tile.pixels, tile.pixels);
  canvas.getContext('2d')?.putImageData(picture, window.x, window.y);
  return canvas.transferToImageBitmap();
}

const within = (x: number): number => x - 2 * WORLD * Math.round(x / (2 * WORLD));

async function value({ url, point }: Asked<'value'>): Answered<'value'> {
  const raster = await rasterOf(url);
  // The map shows the world again beyond its edges.
  const [x, y] = raster.ground.toPixel([within(point[0]), point[1]]);
  const places = { columns: Float64Array.of(x), rows: Float64Array.of(y) };
  const taken = await takeSamples(cache, raster, 0, places);
  if (taken === undefined) return null;
  const values = taken.bands.map((band) => (taken.valid[0] === 1 ? (band[0] ?? null) : null));
  return { column: Math.floor(x), row: Math.floor(y), values };
}

const answers: { readonly [Kind in QuestionKind]: (ask: Asked<Kind>) => Answered<Kind> } = {
  async open({ url }) {
    const { file, outline } = await rasterOf(url);
    return { facts: file.facts, outline };
  },
  spread: async ({ url }) => spreadOf(cache, await rasterOf(url)),
  tile,
  value,
  outlines({ epsg, transform, rectangles }) {
    const ground = groundOf(epsg, transform);
    return Promise.resolve(ground === undefined ? null : rectangles.map((rectangle) => outlineOf(ground, rectangle)));
  },
};

const tell = (answer: Answer, transfer: Transferable[] = []): void => {
  self.postMessage(answer, { transfer });
};

self.addEventListener('message', ({ data: { id, kind, ask } }: MessageEvent<Question>) => {
  const run = answers[kind] as (ask: unknown) => Answered<QuestionKind>;
  run(ask).then(
    (answer) => tell({ id, answer }, answer instanceof ImageBitmap ? [answer] : []),
    (error: unknown) => tell({ id, failure: ReadFailure.from(error).kind }),
  );
});
