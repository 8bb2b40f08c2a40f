import type { Readable } from 'node:stream';
import { OUTPUT_CONTENT_TYPES, stripFormat, type Segment, type StripFacts } from '@tessera/codec';
import type { Grid, Output, ResultFacts } from '@tessera/contracts';
import { gridCount, pixelDigest } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import type { ObjectFacts } from '@tessera/storage';
import { readReceipt, type Receipt } from '../receipt.ts';
import { dataKey } from '../work-area.ts';
import type { StageContext } from './stage-context.ts';

/** Receipts that are read at one time. */
const PARALLEL_READS = 16;

type StripReceipt = Extract<Receipt, { kind: 'strip' }>;

interface JoinedFile {
  readonly key: string;
  readonly output: Output;
  /** How it was cut. */
  readonly grid: Grid;
}

/** Joins the strips of a render stage into a file. */
export async function joinFile(
  context: StageContext,
  renderStage: number,
  { key, output, grid }: JoinedFile,
): Promise<ResultFacts> {
  const receipts = await stripReceipts(context, renderStage, gridCount(grid, output));
  const cells = receipts.map((receipt) => Buffer.from(receipt.digests, 'base64'));
  const strips: StripFacts[] = receipts.map((receipt) => receipt.strip);
  const exif = receipts[0]?.exif;
  const extras = exif === undefined ? {} : { exif: Buffer.from(exif, 'base64') };
  const segments = stripFormat(output.format).assemble(strips, grid, output, extras);
  const stored = await join(context, renderStage, key, segments);
  return {
    key: stored.key,
    bytes: stored.bytes,
    contentType: OUTPUT_CONTENT_TYPES[output.format],
    width: output.width,
    height: output.height,
    channels: output.channels,
    ...(output.depth && { depth: output.depth }),
    pixelDigest: pixelDigest(cells, grid, output),
    verified: false,
  };
}

async function stripReceipts(context: StageContext, stage: number, count: number): Promise<StripReceipt[]> {
  const receipts: StripReceipt[] = [];
  for (let first = 0; first < count; first += PARALLEL_READS) {
    const length = Math.min(PARALLEL_READS, count - first);
    const some = await Promise.all(
      Array.from({ length }, (_, offset) => readReceipt(context.area, stage, first + offset, context.signal)),
    );
    for (const receipt of some) {
      if (receipt.kind !== 'strip') throw new AppError('INTERNAL', { details: { reason: 'not a strip receipt' } });
      receipts.push(receipt);
    }
  }
  return receipts;
}

/** Strips that lie in the object store are copied there; those that never left this executor are sent. */
function join(context: StageContext, stage: number, key: string, segments: readonly Segment[]): Promise<ObjectFacts> {
  const { objects } = context.tools;
  const options = { signal: context.signal, contentType: OUTPUT_CONTENT_TYPES[context.plan.output.format] };
  if (context.area.store !== objects) return objects.put(key, bytesOf(context, stage, segments), options);
  const parts = segments.map((segment) =>
    segment instanceof Uint8Array ? segment : { key: dataKey(context.area, stage, segment.strip) },
  );
  return objects.compose(key, parts, options);
}

async function* bytesOf(context: StageContext, stage: number, segments: readonly Segment[]): AsyncIterable<Uint8Array> {
  for (const segment of segments) {
    if (segment instanceof Uint8Array) yield segment;
    else
      yield* (await context.area.store.get(dataKey(context.area, stage, segment.strip))) as Readable &
        AsyncIterable<Uint8Array>;
  }
}
