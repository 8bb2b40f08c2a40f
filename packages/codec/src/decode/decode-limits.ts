/** What an image may ask of the decoder. All but the channels are decided from the file's structure, before any pixel is decoded. */
export interface DecodeLimits {
  /** Width × height of the picture, or of the canvas. */
  readonly maxPixels: number;
  /**
   * Bytes of decode memory of formats that can not be decoded row by row: interlaced PNG, GIF, WebP, and the
   * coefficients of JPEGs with several scans.
   */
  readonly maxWholeImageBytes: number;
  /** Width × height of an AVIF; its decoder holds about 22 bytes for each pixel. */
  readonly maxAvifPixels: number;
  /** Frames of an animation, pages of a TIFF. Only the first is decoded. */
  readonly maxFrames: number;
  /** Scans of a JPEG; each is a pass over the whole picture. */
  readonly maxScans: number;
  readonly maxChannels: number;
}

/** Admits a 400-megapixel baseline JPEG within 768 MiB. */
export const DEFAULT_DECODE_LIMITS: DecodeLimits = {
  maxPixels: 400_000_000,
  maxWholeImageBytes: 320 * 1024 * 1024,
  maxAvifPixels: 50_000_000,
  maxFrames: 100,
  maxScans: 100,
  maxChannels: 5,
};
