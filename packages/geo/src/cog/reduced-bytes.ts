import { AppError } from '@tessera/runtime/app-error';
import type { RasterBlock } from '../raster/raster-block.ts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import type { CogLayout } from './cog-layout.ts';
import { coarser, type PieceRegion } from './piece-region.ts';

/** A reduced block as bytes to be stored: its bands one after another, little-endian. */
export function reducedBytes(block: RasterBlock): Uint8Array {
  return new Uint8Array(
    Buffer.concat(
      block.bands.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
    ),
  );
}

/**
 * The reduced block of a region from its bytes.
 *
 * @throws AppError STORE_CORRUPT if they are not as many as they must be.
 */
export function reducedBlock(layout: CogLayout, region: PieceRegion, bytes: Uint8Array): RasterBlock {
  const place = coarser(region, region.levels);
  const { bytes: sampleBytes, samples } = SAMPLE_TYPES[layout.type];
  const bandBytes = place.width * place.height * sampleBytes;
  if (bytes.length !== bandBytes * layout.bands) throw new AppError('STORE_CORRUPT', { details: { region } });
  const bands = Array.from({ length: layout.bands }, (_, band) =>
    samples(new Uint8Array(bytes.subarray(band * bandBytes, (band + 1) * bandBytes)).buffer),
  );
  return { ...place, type: layout.type, bands, valid: bands.map(() => undefined) };
}
