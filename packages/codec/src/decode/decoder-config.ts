import type { Logger } from '@tessera/runtime';
import { integer, type ConfigShape } from '@tessera/runtime/config';
import type { z } from 'zod';
import { DEFAULT_DECODE_LIMITS } from './decode-limits.ts';
import type { DecoderOptions } from './decoder.ts';

const MEBIBYTE = 1024 * 1024;

/** The variables that tell a process of its decoding children. */
export const decoderConfigShape = {
  DECODER_CHILDREN: integer({ min: 1, max: 64, default: 2 }).describe(
    'Child processes that decode images; one more is started for uploads while all of them are at work.',
  ),
  DECODER_DEADLINE_MILLISECONDS: integer({ min: 1000, default: 20_000 }).describe(
    'Milliseconds that decoding an ordinary image may take; large images get more in proportion.',
  ),
  DECODER_MEMORY_BYTES: integer({ min: 128 * MEBIBYTE, default: 768 * MEBIBYTE }).describe(
    'Resident bytes above which a decoding child is killed.',
  ),
  DECODER_MAX_PIXELS: integer({
    min: 1_000_000,
    max: 4_000_000_000,
    default: DEFAULT_DECODE_LIMITS.maxPixels,
  }).describe(
    'Width × height of one image, the same for masters and executors; scratch folders and ZOOM_CACHE_BYTES need room in proportion.',
  ),
} as const satisfies ConfigShape;

/** What the variables mean to `Decoder`. */
export function decoderOptions(
  config: Readonly<z.output<z.ZodObject<typeof decoderConfigShape>>>,
  scratch: string,
  logger: Logger,
): DecoderOptions {
  return {
    children: config.DECODER_CHILDREN,
    deadlineMilliseconds: config.DECODER_DEADLINE_MILLISECONDS,
    memoryBytes: config.DECODER_MEMORY_BYTES,
    limits: { ...DEFAULT_DECODE_LIMITS, maxPixels: config.DECODER_MAX_PIXELS },
    scratch,
    logger,
  };
}
