/** A thread that makes the composite of one window: `workerData` is MedianThreadData, messages are MedianCall. */
import { parentPort, workerData } from 'node:worker_threads';
import {
  assembleCog,
  createAccumulator,
  createSampleSpace,
  encodePiece,
  planCog,
  planPieces,
  type CogOptions,
  type CompositeAccumulator,
} from '@tessera/geo';
import { AppError } from '@tessera/runtime/app-error';
import type { MedianAnswer, MedianCall, MedianThreadData } from './median-call.ts';

const { composite, window, scenes, budget } = workerData as MedianThreadData;
const space = createSampleSpace(budget);
const planes = Array.from({ length: 3 }, () => new Uint8Array(window.width * window.height));
let accumulator: CompositeAccumulator | undefined;

async function answer(call: MedianCall): Promise<MedianAnswer> {
  switch (call.kind) {
    case 'begin':
      accumulator = createAccumulator({ composite, region: call.region, type: 'uint8', bands: 3, scenes }, space);
      return { ok: true };
    case 'add':
      accumulator?.add(call);
      return { ok: true };
    case 'end': {
      const block = accumulator?.finish();
      block?.bands.forEach((band, index) => planes[index]?.set(band, (block.y - window.y) * window.width));
      return { ok: true };
    }
    case 'encode':
      return { ok: true, file: await encode(call.options) };
  }
}

/** The window as a file. */
async function encode(options: CogOptions): Promise<Uint8Array<ArrayBuffer>> {
  const layout = planCog(options);
  const [whole] = planPieces(layout, Infinity);
  const [region] = whole?.regions ?? [];
  if (region === undefined) throw new AppError('INTERNAL');
  const { width, height } = window;
  const valid = planes.map(() => undefined);
  const block = { x: 0, y: 0, width, height, type: 'uint8', bands: planes, valid } as const;
  // Most files need no pictures inside, and libvips takes longer to load than a small window to make.
  const pictures = layout.compression === 'jpeg' ? await import('@tessera/codec') : undefined;
  const piece = await encodePiece(layout, region, block, pictures?.encodeJpegTile);
  const { segments, bytes } = assembleCog(layout, [piece]);
  const file = new Uint8Array(bytes);
  let at = 0;
  for (const segment of segments) {
    const part = segment instanceof Uint8Array ? segment : piece.bytes.subarray(segment.start, segment.end);
    file.set(part, at);
    at += part.length;
  }
  return file;
}

// One after the other, also where a call waits for something.
let turn: Promise<unknown> = Promise.resolve();
parentPort?.on('message', (call: MedianCall) => {
  turn = turn.then(async () => {
    const told = await answer(call).catch((error: unknown): MedianAnswer => {
      const { code, message } = AppError.from(error);
      return { ok: false, code, message };
    });
    parentPort?.postMessage(told, told.ok && told.file ? [told.file.buffer] : []);
  });
});
