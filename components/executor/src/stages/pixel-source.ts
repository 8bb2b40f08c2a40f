import { buffer } from 'node:stream/consumers';
import { cellsLeftBy, type BasicStage, type Depth, type Pass, type Region, type Step } from '@tessera/contracts';
import {
  bytesOf,
  channelsAfter,
  createRaster,
  gridCount,
  gridRegion,
  intersect,
  passInput,
  type Cell,
  sampleBytes,
  type Samples,
  type Window,
} from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import type { OtherFiles, PixelSource } from '../kernel/kernel-call.ts';
import { dataKey } from '../work-area.ts';
import { withOthers } from './other-pixels.ts';
import type { StageContext } from './stage-context.ts';

/**
 * Lends a pass its pixels for as long as `run` takes: the decoded image, or a window put together from the raw regions
 * of an earlier stage; and the other pictures that its steps read.
 *
 * @param observed the global operation that is to be observed after the pass, if any.
 */
export async function withPixels<Answer>(
  context: StageContext,
  pass: Pass,
  cell: Cell,
  observed: Step | undefined,
  run: (source: PixelSource, others: OtherFiles) => Promise<Answer>,
): Promise<Answer> {
  return withOthers(context, pass, cell, observed, (others) =>
    withSource(context, pass, cell, observed, (source) => run(source, others)),
  );
}

async function withSource<Answer>(
  context: StageContext,
  pass: Pass,
  cell: Cell,
  observed: Step | undefined,
  run: (source: PixelSource) => Promise<Answer>,
): Promise<Answer> {
  if (pass.source.kind === 'regions') {
    const window = await fetchWindow(context, pass.source.stage, passInput(pass, cell, observed));
    return run({ kind: 'window', window });
  }
  const { y, height: rows } = passInput(pass, cell, observed);
  const needed = { top: y, bottom: y + rows };
  const lease = await context.tools.images.acquire(context.image, context.plan.picture, needed, context.signal);
  try {
    const { width, height, channels, depth } = lease.raster;
    const { picture } = context.plan;
    const isSame = width === picture.width && height === picture.height && channels === picture.channels;
    if (!isSame || depth !== (picture.depth ?? 8)) {
      throw new AppError('CORRUPT_IMAGE', { message: 'The image decodes to another size than its header tells.' });
    }
    return await run({ kind: 'file', raster: lease.raster });
  } finally {
    lease.release();
  }
}

/** A stage that leaves raw pixels. */
function materializeStage(context: StageContext, stage: number): Extract<BasicStage, { kind: 'materialize' | 'tile' }> {
  const made = context.stages[stage];
  if (made?.kind === 'materialize' || made?.kind === 'tile') return made;
  throw new AppError('INTERNAL', { details: { reason: 'no materialize stage', stage } });
}

/** Channels of the raw regions that a materialize stage wrote. */
function materializedChannels(context: StageContext, stage: number): number {
  const { kind, pass } = materializeStage(context, stage);
  if (kind === 'tile') return context.plan.output.channels;
  const { source, before, global, after } = pass;
  const input = source.kind === 'image' ? context.plan.picture.channels : materializedChannels(context, source.stage);
  return channelsAfter([...before, ...(global ? [global.step] : []), ...after], input);
}

/** Bits of their samples: tiles have 8. */
function leftDepth(context: StageContext, stage: number): Depth {
  return materializeStage(context, stage).kind === 'tile' ? 8 : (context.plan.picture.depth ?? 8);
}

async function fetchWindow(context: StageContext, stage: number, needed: Region): Promise<Window<Samples>> {
  const depth = leftDepth(context, stage);
  const channels = materializedChannels(context, stage);
  const raster = createRaster(needed.width, needed.height, channels, depth);
  const pixels = { bytes: bytesOf(raster.data), pixelBytes: channels * sampleBytes(depth) };
  const { grid, picture } = cellsLeftBy(context.plan, materializeStage(context, stage));
  const count = gridCount(grid, picture);
  for (let index = 0; index < count; index++) {
    const region = gridRegion(grid, picture, index);
    const shared = intersect(region, needed);
    if (shared)
      copyRows(
        await fetchRows(context, stage, index, region, shared, pixels.pixelBytes),
        region,
        shared,
        pixels,
        needed,
      );
  }
  return { x: needed.x, y: needed.y, raster };
}

/** The rows of a stored region that `shared` touches, over the region's whole width: one range of its object. */
async function fetchRows(
  context: StageContext,
  stage: number,
  index: number,
  region: Region,
  shared: Region,
  pixelBytes: number,
): Promise<Uint8Array> {
  const stride = region.width * pixelBytes;
  const start = (shared.y - region.y) * stride;
  const range = { start, end: start + shared.height * stride };
  const key = dataKey(context.area, stage, index);
  return buffer(await context.area.store.get(key, { range, signal: context.signal }));
}

/** A window that is being filled. */
interface Pixels {
  readonly bytes: Uint8Array;
  readonly pixelBytes: number;
}

function copyRows(rows: Uint8Array, region: Region, shared: Region, target: Pixels, needed: Region): void {
  const { bytes, pixelBytes } = target;
  const length = shared.width * pixelBytes;
  for (let row = 0; row < shared.height; row++) {
    const from = (row * region.width + shared.x - region.x) * pixelBytes;
    const to = ((shared.y + row - needed.y) * needed.width + shared.x - needed.x) * pixelBytes;
    bytes.set(rows.subarray(from, from + length), to);
  }
}
