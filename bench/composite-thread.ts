/** A thread that makes rows of a composite, again and again: `workerData` says of which scenes, messages when. */
import { parentPort, workerData } from 'node:worker_threads';
import { compositeSchema, type Region } from '@tessera/contracts';
import { createAccumulator, createSampleSpace, DEFAULT_SAMPLE_BUDGET, rowBlocks } from '@tessera/geo';
import { SCENE_BYTES, WINDOW } from './composite-series.ts';

export interface CompositeWork {
  /** Scenes as composite-series.ts writes them. */
  readonly samples: SharedArrayBuffer;
  /** Where the three planes of the result go. */
  readonly result: SharedArrayBuffer;
  readonly scenes: number;
  readonly rows: { readonly from: number; readonly to: number };
  readonly mode: 'exact' | 'course';
  readonly vectors: boolean;
}

const { samples, result, scenes, rows, mode, vectors } = workerData as CompositeWork;
const composite = compositeSchema.parse({ rule: { kind: 'median-luminance', mode } });
const space = createSampleSpace(DEFAULT_SAMPLE_BUDGET, vectors);

function make(region: Region): void {
  const accumulator = createAccumulator({ composite, region, type: 'uint8', bands: 3, scenes }, space);
  const pixels = region.width * region.height;
  const offset = (band: number) => (band * WINDOW + region.y) * WINDOW;
  for (let scene = 0; scene < scenes; scene++) {
    const bands = [0, 1, 2].map(
      // What the accumulator copies from may as well be shared.
      (band) =>
        new Uint8Array(samples, scene * SCENE_BYTES + offset(band), pixels) as unknown as Uint8Array<ArrayBuffer>,
    );
    accumulator.add({ scene, block: { ...region, type: 'uint8', bands, valid: [undefined, undefined, undefined] } });
  }
  accumulator.finish().bands.forEach((band, index) => {
    new Uint8Array(result, offset(index), pixels).set(band);
  });
}

const window = { x: 0, y: rows.from, width: WINDOW, height: rows.to - rows.from };
const blocks = rowBlocks({ composite, region: window, type: 'uint8', bands: 3, scenes });
parentPort?.on('message', () => {
  for (const block of blocks) make(block);
  parentPort?.postMessage('made');
});
