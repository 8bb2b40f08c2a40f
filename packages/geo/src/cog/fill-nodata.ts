import type { Nodata } from '@tessera/contracts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import type { RasterBlock } from '../raster/raster-block.ts';

/** The block with nodata in all samples that are not valid. Without a nodata value the samples stay what they are. */
export function fillNodata(block: RasterBlock, nodata: Nodata | null): RasterBlock {
  if (nodata === null || block.valid.every((valid) => valid === undefined)) return block;
  const value = nodata === 'nan' ? NaN : nodata;
  const bands = block.bands.map((band, index) => {
    const valid = block.valid[index];
    if (valid === undefined) return band;
    const filled = SAMPLE_TYPES[block.type].samples(band.length);
    filled.set(band);
    for (let at = 0; at < filled.length; at++) if (valid[at] === 0) filled[at] = value;
    return filled;
  });
  return { ...block, bands, valid: bands.map(() => undefined) };
}
