import { AppError } from '@tessera/runtime/app-error';
import type { DecodeLimits } from '../decode/decode-limits.ts';
import type { FileBytes } from './file-bytes.ts';
import { checkChannels, checkPixels, checkWholeImageBytes, corrupt, type Structure } from './structure.ts';

/** Markers by their second byte (ITU-T T.81, table B.1). */
const SOS = 0xda;
const EOI = 0xd9;

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly progressive: boolean;
  /** Memory that all coefficients need, two bytes each. */
  readonly coefficientBytes: number;
}

const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;
const standsAlone = (marker: number): boolean => marker === 0x01 || marker === 0xd8 || isRestart(marker);
/** SOF0–15 without DHT, JPG and DAC, which share their range. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/**
 * Walks the markers of a JPEG from SOI to EOI, through the entropy-coded data of all scans; what follows EOI is not
 * looked at.
 *
 * @throws AppError TRUNCATED_IMAGE, CORRUPT_IMAGE, UNSUPPORTED_FORMAT (lossless, hierarchical, 12 bits),
 *   TOO_MANY_PIXELS, TOO_MANY_SCANS, TOO_MANY_CHANNELS, INTERLACED_TOO_LARGE
 */
export function scanJpeg(file: FileBytes, limits: DecodeLimits): Structure {
  let frame: Frame | undefined;
  let scans = 0;
  let progressive = false;
  for (let position = 2; ;) {
    const at = nextMarker(file, position);
    const marker = file.u8(at + 1);
    position = at + 2;
    if (marker === EOI) break;
    if (standsAlone(marker)) continue;
    const length = file.u16(position);
    if (length < 2) throw corrupt('a segment without length');
    if (isFrame(marker)) {
      if (frame !== undefined) throw corrupt('two frames');
      frame = readFrame(file, marker, position, limits);
    }
    if (marker === SOS) {
      if (frame === undefined) throw corrupt('a scan before the frame');
      scans += 1;
      if (scans > limits.maxScans) throw new AppError('TOO_MANY_SCANS', { details: { limit: limits.maxScans } });
      progressive ||= frame.progressive || file.u8(position + 2) < frame.components;
      if (progressive) checkWholeImageBytes(frame.coefficientBytes, limits, true);
    }
    position += length;
  }
  if (frame === undefined || scans === 0) throw corrupt('no frame or no scan');
  return { format: 'jpeg', width: frame.width, height: frame.height, progressive };
}

/** Position of the 0xFF of the next marker: past fill bytes, stuffed bytes and restarts of entropy-coded data. */
function nextMarker(file: FileBytes, offset: number): number {
  for (let position = offset; ;) {
    const run = file.run(position);
    if (run.length === 0) throw new AppError('TRUNCATED_IMAGE');
    let i = run.indexOf(0xff);
    while (i >= 0) {
      // The byte after may be the first of the next run.
      const next = run[i + 1] ?? file.u8(position + i + 1);
      if (next !== 0 && next !== 0xff && !isRestart(next)) return position + i;
      if (i + 1 >= run.length) break;
      i = run.indexOf(0xff, next === 0xff ? i + 1 : i + 2);
    }
    position += i < 0 ? run.length : i + 1;
  }
}

function readFrame(file: FileBytes, marker: number, offset: number, limits: DecodeLimits): Frame {
  const precision = file.u8(offset + 2);
  const height = file.u16(offset + 3);
  const width = file.u16(offset + 5);
  const components = file.u8(offset + 7);
  const process = marker & 0x0f;
  const known = process <= 2 || process === 9 || process === 10;
  if (!known || precision !== 8) {
    throw new AppError('UNSUPPORTED_FORMAT', {
      message: 'This kind of JPEG is not read.',
      details: { process, precision },
    });
  }
  if (components === 0) throw corrupt('no components');
  checkChannels(components, limits);
  checkPixels(width, height, limits.maxPixels);
  const sampling = Array.from({ length: components }, (_, i) => file.u8(offset + 9 + 3 * i));
  return {
    width,
    height,
    components,
    progressive: process === 2 || process === 10,
    coefficientBytes: coefficientBytes(width, height, sampling),
  };
}

/** Blocks of all components, each padded to whole MCUs, times 64 coefficients of two bytes (T.81, A.1.1 and A.2.4). */
function coefficientBytes(width: number, height: number, sampling: readonly number[]): number {
  const across = Math.max(1, ...sampling.map((factor) => factor >> 4));
  const down = Math.max(1, ...sampling.map((factor) => factor & 15));
  const mcus = Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down));
  const blocks = sampling.reduce((sum, factor) => sum + (factor >> 4) * (factor & 15), 0);
  return mcus * blocks * 128;
}
