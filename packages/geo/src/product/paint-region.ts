import type { RasterPicture, RasterWork, Region } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { composeColours } from '../paint/compose-colours.ts';
import { observeRange } from '../paint/find-range.ts';
import { toLevels } from '../paint/levels.ts';
import { paint, paintOpaque, type Mask } from '../paint/paint.ts';
import type { RangeState } from '../paint/range-state.ts';
import type { ValueRange } from '../paint/value-range.ts';
import type { RasterBlock } from '../raster/raster-block.ts';
import type { RasterFile } from '../raster/raster-file.ts';
import { SAMPLE_TYPES, type Samples } from '../raster/sample-type.ts';

/** Where nothing was measured there is no range, and nothing to paint by it. */
const NO_RANGE: ValueRange = { low: 0, high: 1 };
const BYTES: ValueRange = { low: 0, high: 255 };

/** What the search for the range has to know of a region of the finished raster. */
export async function observeRegion(
  { picture, target }: RasterWork,
  file: RasterFile,
  region: Region,
  state: RangeState,
): Promise<Uint8Array> {
  if (picture?.kind !== 'band') throw unpainted();
  const { samples, valid } = bandOf(await file.readWindow({ ...region, bands: [picture.band] }));
  return observeRange(samples, valid, target.type, picture.stretch, state);
}

/**
 * Paints a region of the finished raster.
 *
 * @param range Null: nothing was measured, or the picture needs none.
 * @returns Interleaved bytes, as many a pixel as the picture has channels.
 */
export async function paintRegion(
  { picture, target }: RasterWork,
  file: RasterFile,
  region: Region,
  range: ValueRange | null,
): Promise<Uint8Array> {
  if (picture === undefined) throw unpainted();
  const bands = picture.kind === 'rgb' ? [0, 1, 2] : [picture.band];
  const block = await file.readWindow({ ...region, bands });
  if (picture.kind === 'band') return paintBand(picture, bandOf(block), range ?? NO_RANGE, target.nodata !== null);
  const colours = picture.range ?? BYTES;
  const pixels = composeColours(block, [0, 1, 2], [colours, colours, colours]);
  return target.nodata === null ? withoutOpacity(pixels) : pixels;
}

function paintBand(
  { palette }: Extract<RasterPicture, { kind: 'band' }>,
  { samples, valid }: { readonly samples: Samples; readonly valid: Mask },
  range: ValueRange,
  isTransparent: boolean,
): Uint8Array {
  if (palette !== 'greys') return (isTransparent ? paint : paintOpaque)(samples, valid, palette, range);
  const levels = toLevels(samples, range);
  return isTransparent ? withOpacity(levels, valid) : levels;
}

function withOpacity(levels: Uint8Array, valid: Mask): Uint8Array {
  const pixels = new Uint8Array(2 * levels.length);
  for (let i = 0; i < levels.length; i++) {
    if (valid?.[i] === 0) continue;
    pixels[2 * i] = levels[i]!;
    pixels[2 * i + 1] = 255;
  }
  return pixels;
}

function withoutOpacity(colours: Uint8Array): Uint8Array {
  return colours.filter((_, at) => at % 4 !== 3);
}

function bandOf({ bands: [samples], valid: [valid] }: RasterBlock) {
  return { samples: samples ?? SAMPLE_TYPES.uint8.samples(0), valid };
}

function unpainted(): AppError {
  return new AppError('BAD_REQUEST', { details: { reason: 'not the plan of a picture' } });
}
