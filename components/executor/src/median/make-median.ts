import {
  compositeSchema,
  type GeoTransform,
  type MedianRequest,
  type RasterFacts,
  type Region,
} from '@tessera/contracts';
import { objectRange, openRaster, rowBlocks, type DecodeTilePicture, type RasterFile } from '@tessera/geo';
import { AppError } from '@tessera/runtime';
import { checkKey, type ObjectStore } from '@tessera/storage';
import type { Decoder } from '@tessera/codec';
import { MedianWorker } from './median-worker.ts';
import { PictureScenes } from './picture-scenes.ts';

/** Scenes that are read at one time. */
const READS = 8;
/** JPEG quality and side of tiles, as the workers had them that this call was made for. */
const QUALITY = 90;
const TILE = 256;

export interface MedianDeps {
  readonly objects: Pick<ObjectStore, 'get' | 'head' | 'put'>;
  /** Keys of results begin with it. */
  readonly prefix: string;
  /** Bytes for the samples of a block of rows. */
  readonly budget: number;
  /** Decodes scenes that are pictures, and tiles that are. */
  readonly decoder: Pick<Decoder, 'probe' | 'decode' | 'decodeTile'>;
  /** For decoded scenes; below the decoder's scratch folder. */
  readonly scratch: string;
  /** Bytes that the decoded scenes of one request may take on disk. */
  readonly scratchBytes: number;
}

/**
 * Makes the median of luminance of scenes over a window and stores it.
 *
 * @throws AppError BAD_REQUEST for a destination or window that can not be, RASTER_MISMATCH for scenes that do not lie
 *   over each other, NOT_FOUND for one that is not there, SCRATCH_FULL where the decoded scenes have no room, the decoder's
 *   codes, and what reading, writing and the signal throw.
 */
export async function makeMedian(deps: MedianDeps, request: MedianRequest, signal: AbortSignal): Promise<void> {
  const { objects, prefix, budget, decoder, scratch, scratchBytes } = deps;
  const decodePicture: DecodeTilePicture = (picture, stop) => decoder.decodeTile(picture, { signal: stop });
  const { datasets, destination } = request;
  checkKey(destination);
  if (!destination.startsWith(prefix))
    throw new AppError('BAD_REQUEST', { message: `The destination must begin with ${prefix}.` });
  const [x, y, width, height] = request.window;
  const window = { x, y, width, height };
  await using pictures = new PictureScenes({ objects, decoder, folder: scratch, quotaBytes: scratchBytes });
  const scenes = await inTurns(datasets, async (key) => {
    const scene =
      (await pictures.open(key, signal)) ?? (await openRaster(objectRange(objects, key), { decodePicture }, signal));
    checkScene(key, scene.facts, window);
    return scene;
  });
  const first = scenes[0]?.facts;
  if (first === undefined) throw new AppError('BAD_REQUEST');
  for (const [index, { facts }] of scenes.entries()) checkGrid(datasets[index] ?? '', facts, first);

  const composite = compositeSchema.parse({ rule: { kind: 'median-luminance', mode: request.mode } });
  const area = { composite, region: window, type: 'uint8', bands: 3, scenes: scenes.length } as const;
  await using worker = new MedianWorker({ composite, window, scenes: scenes.length, budget });
  const stop = () => void worker[Symbol.asyncDispose]();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (const region of rowBlocks(area, budget, first.tile.height)) await addBlock(worker, scenes, region, signal);
    const isJpeg = request.compression === 'jpeg';
    const file = await worker.call({
      kind: 'encode',
      options: {
        ...{ width, height, type: 'uint8', bands: 3, nodata: 0, photometric: 'rgb', tile: TILE },
        ...{ epsg: first.epsg, transform: first.transform && moved(first.transform, x, y) },
        compression: request.compression,
        ...(isJpeg && { level: QUALITY }),
      },
    });
    if (file === undefined) throw new AppError('INTERNAL');
    await objects.put(destination, file, { contentType: 'image/tiff', signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Makes the rows of one block. */
async function addBlock(
  worker: MedianWorker,
  scenes: readonly RasterFile[],
  region: Region,
  signal: AbortSignal,
): Promise<void> {
  await worker.call({ kind: 'begin', region });
  await inTurns(scenes, async (scene, index) => {
    const block = await scene.readWindow(region, signal);
    await worker.call({ kind: 'add', scene: index, block });
  });
  await worker.call({ kind: 'end' });
}

/** Does something for each item, for a few at one time; stops at the first that fails. */
async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Array<Result>(items.length);
  const queue = items.entries();
  let failed = false;
  const turn = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failed) return;
      try {
        results[index] = await work(item, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(READS, items.length) }, turn));
  return results;
}

function checkScene(key: string, facts: RasterFacts, window: Region): void {
  if (facts.type !== 'uint8' || facts.bands.length !== 3)
    throw new AppError('UNSUPPORTED_RASTER', { message: `${key} has not three bands of 8 bits.` });
  if (window.x + window.width > facts.width || window.y + window.height > facts.height)
    throw new AppError('BAD_REQUEST', { message: `The window reaches out of ${key}.` });
}

function checkGrid(key: string, facts: RasterFacts, first: RasterFacts): void {
  const same = facts.epsg === first.epsg && facts.transform?.join() === first.transform?.join();
  if (!same) throw new AppError('RASTER_MISMATCH', { message: `${key} lies on another grid than the first scene.` });
}

/** The transform of a window that begins at a column and a row. */
function moved([x0, dx, rx, y0, ry, dy]: GeoTransform, column: number, row: number): GeoTransform {
  return [x0 + column * dx + row * rx, dx, rx, y0 + column * ry + row * dy, ry, dy];
}
