import { stripFormat, type StripFacts } from '@tessera/codec';
import type { CompanionFacts, CompanionRole } from '@tessera/contracts';
import { legendSvg, makeLegend, picturePlace, productLayout } from '@tessera/geo';
import { AppError } from '@tessera/runtime';
import { pictureOutput } from '../../rasters/picture-output.ts';
import { readReceipt, type Receipt } from '../../receipt.ts';
import { dataKey, resultKey } from '../../work-area.ts';
import { finishedResult, rangeOf } from './paint-picture.ts';
import type { RasterContext } from './run-raster-stage.ts';

const PARALLEL_READS = 16;

/** Joins the strips to the picture, writes what its colours mean, and gives both beside the finished raster. */
export async function joinPicture(context: RasterContext, stage: number): Promise<Receipt> {
  const result = await finishedResult(context);
  const companions = [
    ...(result.companions ?? []),
    await storePicture(context, stage - 1),
    ...(await storeLegend(context, stage - 1)),
  ];
  return { kind: 'result', result: { ...result, companions } };
}

async function storePicture(context: RasterContext, paint: number): Promise<CompanionFacts> {
  const { tools, area, plan, signal } = context;
  const { bands, rows, channels } = picturePlace(productLayout(plan).work, plan.picture);
  const strips: StripFacts[] = [];
  for (let first = 0; first < bands.length; first += PARALLEL_READS) {
    const some = bands.slice(first, first + PARALLEL_READS);
    const receipts = await Promise.all(some.map((_, offset) => readReceipt(area, paint, first + offset, signal)));
    for (const receipt of receipts) {
      if (receipt.kind !== 'strip') throw new AppError('INTERNAL', { details: { reason: 'not a strip receipt' } });
      strips.push(receipt.strip);
    }
  }
  const output = pictureOutput(plan.picture, channels);
  const segments = stripFormat('png').assemble(strips, { width: plan.picture.width, height: rows }, output);
  const parts = segments.map((segment) =>
    segment instanceof Uint8Array ? segment : { key: dataKey(area, paint, segment.strip) },
  );
  const contentType = 'image/png';
  const { key, bytes } = await tools.objects.compose(resultKey(context, 'picture.png'), parts, { signal, contentType });
  return { role: 'picture', key, bytes, contentType };
}

/** Nothing for true colours, and where nothing was measured: there is nothing to explain. */
async function storeLegend(context: RasterContext, paint: number): Promise<readonly CompanionFacts[]> {
  const { tools, plan, signal } = context;
  const picture = plan.raster?.picture;
  const range = await rangeOf(context, paint);
  if (picture?.kind !== 'band' || range === null) return [];
  const title = plan.raster?.target.bands[picture.band]?.name ?? `Band ${String(picture.band + 1)}`;
  const legend = makeLegend({ title }, picture.palette, range);
  const store = async (role: CompanionRole, extension: string, contentType: string, text: string) => {
    const body = new TextEncoder().encode(text);
    const key = resultKey(context, `legend.${extension}`);
    await tools.objects.put(key, body, { signal, contentType });
    return { role, key, bytes: body.length, contentType };
  };
  return Promise.all([
    store('legend', 'svg', 'image/svg+xml', legendSvg(legend)),
    store('legend-data', 'json', 'application/json', JSON.stringify(legend)),
  ]);
}
