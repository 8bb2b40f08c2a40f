import { OUTPUT_CONTENT_TYPES } from '@tessera/codec';
import type { BasicStage, ResultFacts } from '@tessera/contracts';
import { pixelDigest, tilesMain, tilesManifest, type Cell } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import { readReceipt, type FileFacts, type Receipt } from '../receipt.ts';
import { dataKey } from '../work-area.ts';
import { withPixels } from './pixel-source.ts';
import { filesOf, folderKey, storeFiles } from './result-folder.ts';
import type { StageContext } from './stage-context.ts';

/** Receipts that are read at one time. */
const PARALLEL_READS = 16;
const MANIFEST_TYPES = { dzi: 'application/xml', iiif: 'application/ld+json' } as const;

type TileStage = Extract<BasicStage, { kind: 'tile' }>;
type TilesReceipt = Extract<Receipt, { kind: 'files' }>;

/** Makes the tiles of a region, and leaves its pixels at half their size. */
export async function makeRegionTiles(
  context: StageContext,
  work: TileStage,
  { cell, state }: { readonly cell: Cell; readonly state: Uint8Array | undefined },
  [stage, index]: readonly [stage: number, index: number],
): Promise<Receipt> {
  const { pass, level, through } = work;
  const { output } = context.plan;
  const wide = { ...cell, margin: output.tiles?.overlap ?? 0 };
  const { tiles, halved, digests } = await withPixels(context, pass, wide, undefined, (source, others) =>
    context.tools.kernel('tile', { source, others, pass, cell: wide, state, output, level, through }, context.signal),
  );
  const { store } = context.area;
  await store.put(dataKey(context.area, stage, index), halved, { signal: context.signal });
  const files = await storeFiles(context, tiles, OUTPUT_CONTENT_TYPES[output.format]);
  return { kind: 'files', files, digests: Buffer.from(digests).toString('base64') };
}

/** Writes what tells of the tiles, when all of them are there. */
export async function finishTiles(context: StageContext): Promise<ResultFacts> {
  const { plan, signal } = context;
  const { output, grid } = plan;
  if (output.tiles === undefined) throw new AppError('INTERNAL', { details: { reason: 'no tiles are wanted' } });
  const files: FileFacts[] = [];
  const cells: Uint8Array[] = [];
  for await (const { level, receipt } of tileReceipts(context)) {
    files.push(...receipt.files);
    if (level === 0) cells.push(Buffer.from(receipt.digests, 'base64'));
  }
  const naming = { picture: output, tiles: output.tiles, format: output.format };
  const main = { name: tilesMain(output.tiles), bytes: new TextEncoder().encode(tilesManifest(naming)) };
  signal.throwIfAborted();
  files.push(...(await storeFiles(context, [main], MANIFEST_TYPES[output.tiles.layout])));
  return {
    key: folderKey(context),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    contentType: 'application/zip',
    width: output.width,
    height: output.height,
    channels: output.channels,
    pixelDigest: pixelDigest(cells, grid, output),
    verified: false,
    files: filesOf(files, main.name),
  };
}

async function* tileReceipts({
  stages,
  area,
  signal,
}: StageContext): AsyncGenerator<{ level: number; receipt: TilesReceipt }> {
  for (const [stage, work] of stages.entries()) {
    if (work.kind !== 'tile') continue;
    for (let first = 0; first < work.tasks; first += PARALLEL_READS) {
      const length = Math.min(PARALLEL_READS, work.tasks - first);
      const some = Array.from({ length }, (_, offset) => readReceipt(area, stage, first + offset, signal));
      for (const receipt of await Promise.all(some)) {
        if (receipt.kind !== 'files') throw new AppError('INTERNAL', { details: { reason: 'not a receipt of files' } });
        yield { level: work.level, receipt };
      }
    }
  }
}
