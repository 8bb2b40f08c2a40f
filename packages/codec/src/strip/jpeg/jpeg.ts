import type { Output } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { sharp } from '../../sharp.ts';
import { shallow } from '../byte-pixels.ts';
import { checkBands, checkCount, requireFact } from '../check-strips.ts';
import { rawInput } from '../raw-input.ts';
import type { FileExtras, StripFacts, StripFormat } from '../strip.ts';
import { findSegment, headerSegments, jpegSegment, MARKERS } from './segments.ts';

/** Longest restart interval in MCUs (ITU-T T.81, B.2.4.4: 16 bits). */
const MAX_RESTART_INTERVAL = 65_535;
/** Position of the height within a SOF segment: marker, length, precision. */
const HEIGHT_OFFSET = 5;
const EXIF_MARKER = Buffer.from('Exif\0\0', 'latin1');
/** EXIF that fits one segment. */
const MAX_EXIF_BYTES = 0xffff - 2 - EXIF_MARKER.length;

/**
 * Baseline JPEG by bands. Each strip is the entropy-coded data of a file of its own with the standard Huffman tables,
 * closed by a restart marker: one strip is one restart interval. The coder's state starts anew at restarts, and bands are
 * whole MCU rows, so the joined file decodes to the pixels of a whole-image encode.
 */
export const jpegFormat: StripFormat = {
  async encode(pixels, place, output) {
    const raster = shallow(pixels);
    const file = await sharp(raster.data, rawInput(raster))
      .toColourspace(raster.channels === 1 ? 'b-w' : 'srgb')
      .jpeg({
        quality: output.quality,
        chromaSubsampling: output.subsampling,
        // Tables made for one band would not fit the others.
        optimiseCoding: false,
      })
      .toBuffer();
    const segments = headerSegments(file);
    const start = findSegment(segments, MARKERS.sos).end;
    const header = file.subarray(0, start);
    header.writeUInt16BE(0, findSegment(segments, MARKERS.sof0).start + HEIGHT_OFFSET);
    const isLast = place.index === place.count - 1;
    const end = isLast ? [] : [0xff, MARKERS.rst0 + (place.index % 8)];
    const data = file.subarray(start, file.length - 2);
    const bytes = new Uint8Array(data.length + end.length);
    bytes.set(data);
    bytes.set(end, data.length);
    return { bytes, facts: { bytes: bytes.length, header: header.toString('base64') } };
  },

  assemble(strips, grid, output, extras = {}) {
    checkCount(strips, grid, output);
    checkBands(grid, output);
    return [
      fileHeader(commonHeader(strips), strips.length > 1 ? restartInterval(grid.height, output) : 0, output, extras),
      ...strips.map((_, strip) => ({ strip })),
      Uint8Array.of(0xff, MARKERS.eoi),
    ];
  },
};

/** The header that all strips share. */
function commonHeader(strips: readonly StripFacts[]): Buffer {
  const headers = new Set(strips.map(({ header }) => requireFact(header, 'header')));
  const [header] = headers;
  if (headers.size !== 1 || header === undefined) {
    throw new AppError('INTERNAL', { message: 'The strips of the JPEG were encoded with different tables.' });
  }
  return Buffer.from(header, 'base64');
}

/**
 * MCUs of a band (T.81, A.2.3 for one component, A.2.4 for several).
 *
 * @throws AppError INTERNAL for a band that is no restart interval.
 */
function restartInterval(bandHeight: number, output: Output): number {
  const side = output.channels === 3 && output.subsampling === '4:2:0' ? 16 : 8;
  const interval = Math.ceil(output.width / side) * (bandHeight / side);
  if (Number.isInteger(interval) && interval <= MAX_RESTART_INTERVAL) return interval;
  throw new AppError('INTERNAL', { message: `Bands of ${bandHeight} rows can't be joined into this JPEG.` });
}

function fileHeader(header: Buffer, interval: number, output: Output, extras: FileExtras): Uint8Array {
  const segments = headerSegments(header);
  header.writeUInt16BE(output.height, findSegment(segments, MARKERS.sof0).start + HEIGHT_OFFSET);
  const sos = findSegment(segments, MARKERS.sos).start;
  // JFIF wants its APP0 right after SOI; EXIF comes next.
  const jfifEnd = segments.find(({ marker }) => marker === MARKERS.app0)?.end ?? 2;
  const restart = interval === 0 ? [] : [jpegSegment(MARKERS.dri, Uint8Array.of(interval >> 8, interval & 0xff))];
  return Buffer.concat([
    header.subarray(0, jfifEnd),
    ...exifSegments(extras.exif),
    header.subarray(jfifEnd, sos),
    ...restart,
    header.subarray(sos),
  ]);
}

function exifSegments(exif: Uint8Array | undefined): readonly Uint8Array[] {
  return exif === undefined || exif.length > MAX_EXIF_BYTES ? [] : [jpegSegment(MARKERS.app1, EXIF_MARKER, exif)];
}
