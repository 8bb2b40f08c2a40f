import type { GeoTransform, Nodata, SampleType } from '@tessera/contracts';

export type CogCompression = 'none' | 'deflate' | 'zstd' | 'lzw' | 'jpeg';

/** How a pixel of an overview comes from the 2 × 2 pixels of the next finer level. */
export type CogResampling = 'average' | 'nearest' | 'mode';

/** What a file tells of one of its bands. */
export interface CogBandMetadata {
  readonly description?: string | undefined;
  /** Physical value = sample × scale + offset. */
  readonly scale?: number | undefined;
  readonly offset?: number | undefined;
  /** Unit of the physical values. */
  readonly unit?: string | undefined;
  readonly items?: Readonly<Record<string, string>> | undefined;
}

/** GDAL's metadata: items of the file and of its bands. */
export interface CogMetadata {
  readonly items?: Readonly<Record<string, string>> | undefined;
  readonly bands?: readonly CogBandMetadata[] | undefined;
}

/** What a cloud optimized GeoTIFF is to be. */
export interface CogOptions {
  readonly width: number;
  readonly height: number;
  readonly type: SampleType;
  /** Number of bands, an alpha band included. */
  readonly bands: number;
  /** Side of a tile in pixels, a multiple of 16; default 512. */
  readonly tile?: number | undefined;
  /** Default `deflate`. */
  readonly compression?: CogCompression | undefined;
  /** Effort of deflate (1–9, default 6) and zstd (1–22, default 9), quality of JPEG (1–100, default 75). */
  readonly level?: number | undefined;
  /** 1 none, 2 differences of neighbours, 3 for floats; by default what suits type and compression. */
  readonly predictor?: 1 | 2 | 3 | undefined;
  /** Whether a tile holds all bands or one; default `pixel`. */
  readonly interleave?: 'pixel' | 'band' | undefined;
  readonly nodata?: Nodata | null | undefined;
  readonly epsg?: number | null | undefined;
  readonly transform?: GeoTransform | null | undefined;
  /** Smaller copies; default true. GDAL's validator wants them in large files. */
  readonly overviews?: boolean | undefined;
  /** Default `average`. */
  readonly resampling?: CogResampling | undefined;
  readonly metadata?: CogMetadata | undefined;
  /** Whether the first three bands are red, green and blue; default `grey`. */
  readonly photometric?: 'grey' | 'rgb' | undefined;
  /** Whether the last band is alpha: where it is 0 there is no data. */
  readonly alpha?: boolean | undefined;
  /** Default `auto`: where the file would have 4 GiB or more. */
  readonly bigTiff?: 'auto' | boolean | undefined;
}
