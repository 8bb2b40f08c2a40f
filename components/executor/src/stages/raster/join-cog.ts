import type { CompanionFacts, Completeness } from '@tessera/contracts';
import {
  assembleCog,
  completenessOf,
  productLayout,
  productMetadata,
  rasterDigest,
  type PieceFacts,
  type RegionDigests,
  type ReportedWindow,
} from '@tessera/geo';
import { AppError } from '@tessera/runtime';
import type { ComposePart } from '@tessera/storage';
import { readReceipt, type Receipt } from '../../receipt.ts';
import { dataKey, resultKey } from '../../work-area.ts';
import type { RasterContext } from './run-raster-stage.ts';

/** Receipts that are read at one time. */
const PARALLEL_READS = 16;
const CONTENT_TYPE = 'image/tiff';

/** Joins the tiles of all stages to the finished file: nothing is decoded or encoded. */
export async function joinCog(context: RasterContext): Promise<Receipt> {
  const { tools, area, plan, image, signal } = context;
  const set = await tools.sets.read(image);
  const layout = productLayout(plan);
  const places = layout.pieces.flatMap(({ regions }, stage) =>
    regions.map((region, index) => ({ stage, index, region })),
  );
  const facts: PieceFacts[] = [];
  const windows: RegionDigests[] = [];
  const reports: ReportedWindow[] = [];
  for (let first = 0; first < places.length; first += PARALLEL_READS) {
    const some = places.slice(first, first + PARALLEL_READS);
    const receipts = await Promise.all(some.map(({ stage, index }) => readReceipt(area, stage, index, signal)));
    for (const [n, receipt] of receipts.entries()) {
      const place = some[n];
      if (receipt.kind !== 'piece' || place === undefined) {
        throw new AppError('INTERNAL', { details: { reason: 'not a piece receipt' } });
      }
      const { sizes, jpegTables, digests, report } = receipt;
      facts.push({
        region: place.region,
        sizes: Uint32Array.from(sizes),
        ...(jpegTables === undefined ? {} : { jpegTables: Buffer.from(jpegTables, 'base64') }),
      });
      const { region } = place;
      if (place.stage === 0) windows.push({ region, digests: Buffer.from(digests, 'base64') });
      if (place.stage === 0 && report !== undefined) reports.push({ region, report });
    }
  }
  const manifest = layout.work.compute.kind === 'index' ? undefined : completenessOf(set, reports);
  const { cog } = productLayout(plan, productMetadata(plan, set, manifest));
  const { segments } = assembleCog(cog, facts);
  const parts = segments.map((segment): ComposePart => {
    if (segment instanceof Uint8Array) return segment;
    const { stage, index } = places[segment.piece] ?? { stage: 0, index: 0 };
    return { key: dataKey(area, stage, index), range: { start: segment.start, end: segment.end } };
  });
  const stored = await tools.objects.compose(resultKey(context, 'tif'), parts, { signal, contentType: CONTENT_TYPE });
  return {
    kind: 'result',
    result: {
      key: stored.key,
      bytes: stored.bytes,
      contentType: CONTENT_TYPE,
      width: plan.picture.width,
      height: plan.picture.height,
      channels: layout.work.target.bands.length,
      pixelDigest: rasterDigest(plan.picture, windows),
      verified: false,
      ...(manifest === undefined ? {} : { companions: [await storeManifest(context, manifest)] }),
    },
  };
}

async function storeManifest(context: RasterContext, manifest: Completeness): Promise<CompanionFacts> {
  const body = new TextEncoder().encode(JSON.stringify(manifest));
  const { tools, signal } = context;
  const key = resultKey(context, 'manifest.json');
  const contentType = 'application/json';
  await tools.objects.put(key, body, { signal, contentType });
  return { role: 'manifest', key, bytes: body.length, contentType };
}
