export { Decoder, type DecodeCallOptions, type DecoderOptions } from './decode/decoder.ts';
export { DEFAULT_DECODE_LIMITS, type DecodeLimits } from './decode/decode-limits.ts';
export type { DecodedRaster, Probe } from './decode/decoded-raster.ts';
export { stripFormat } from './formats.ts';
export { OUTPUT_CONTENT_TYPES, OUTPUT_EXTENSIONS, prepareForOutput } from './output.ts';
export type { EncodedStrip, FileExtras, Segment, StripFacts, StripFormat, StripPlace } from './strip/strip.ts';
export { readWindow } from './window/read-window.ts';
export { decoderConfigShape, decoderOptions } from './decode/decoder-config.ts';
