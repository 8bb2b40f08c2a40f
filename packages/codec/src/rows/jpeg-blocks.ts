import type { FileBytes } from '../scan/file-bytes.ts';

/** Blocks of a JPEG: the fewest rows of MCUs between two restart markers that stand at the end of a row of MCUs. */
export interface JpegBlocks {
  readonly kind: 'jpeg';
  readonly width: number;
  readonly height: number;
  readonly rows: number;
  /** Blocks above and below without which a block's outermost rows get other colours (upsampling reads neighbours). */
  readonly context: 0 | 1;
  /** Restart intervals of a block. */
  readonly intervals: number;
  /** Position of the picture's height in the frame header. */
  readonly heightAt: number;
  /** Position of each block's entropy-coded data, and at last that of EOI plus two. */
  readonly starts: readonly number[];
}

const SOS = 0xda;
const EOI = 0xd9;
const DRI = 0xdd;
const RST0 = 0xd0;
/** Sequential Huffman frames (T.81, B.1.1.3): a single scan can hold all of the picture. */
const SEQUENTIAL: readonly number[] = [0xc0, 0xc1];

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly mcuWidth: number;
  readonly mcuHeight: number;
  readonly heightAt: number;
}

/**
 * Finds the blocks of a sequential JPEG of one scan with restart markers.
 *
 * @returns undefined for others, and where the markers are not those that its size demands.
 */
export function findJpegBlocks(file: FileBytes): JpegBlocks | undefined {
  const header = readHeader(file);
  if (header === undefined) return undefined;
  const { frame, interval, dataAt } = header;
  const { width, height, mcuWidth, mcuHeight, heightAt } = frame;
  const perRow = Math.ceil(width / mcuWidth);
  const mcuRows = Math.ceil(height / mcuHeight);
  const blockRows = interval / greatestCommonDivisor(interval, perRow);
  const intervals = (blockRows * perRow) / interval;
  const rows = blockRows * mcuHeight;
  if (rows >= height) return undefined;
  const starts = findStarts(file, dataAt, Math.ceil((mcuRows * perRow) / interval), intervals);
  const context = frame.components > 1 && mcuHeight > 8 ? 1 : 0;
  return starts && { kind: 'jpeg', width, height, rows, context, intervals, heightAt, starts };
}

function readHeader(file: FileBytes): { frame: Frame; interval: number; dataAt: number } | undefined {
  let frame: Frame | undefined;
  let interval = 0;
  for (let position = 2; file.u8(position) === 0xff;) {
    const marker = file.u8(position + 1);
    const length = file.u16(position + 2);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (!SEQUENTIAL.includes(marker) || frame !== undefined) return undefined;
      frame = readFrame(file, position + 4);
    }
    if (marker === DRI) interval = file.u16(position + 4);
    position += 2 + length;
    if (marker !== SOS) continue;
    const scanned = file.u8(position - length + 2);
    if (frame?.components !== scanned || frame.height === 0 || interval === 0) return undefined;
    return { frame, interval, dataAt: position };
  }
  return undefined;
}

/** Reads a frame header from its precision on (T.81, B.2.2). The MCU of a single component is one block (A.2.2). */
function readFrame(file: FileBytes, offset: number): Frame {
  const components = file.u8(offset + 5);
  const sampling = Array.from({ length: components }, (_, i) => file.u8(offset + 7 + 3 * i));
  const across = components === 1 ? 1 : Math.max(...sampling.map((factor) => factor >> 4));
  const down = components === 1 ? 1 : Math.max(...sampling.map((factor) => factor & 15));
  return {
    height: file.u16(offset + 1),
    width: file.u16(offset + 3),
    components,
    mcuWidth: 8 * across,
    mcuHeight: 8 * down,
    heightAt: offset + 1,
  };
}

/** Walks the entropy-coded data: restart markers in their order, as many as there must be, then EOI. */
function findStarts(file: FileBytes, dataAt: number, count: number, perBlock: number): number[] | undefined {
  const starts = [dataAt];
  let seen = 0;
  for (let position = dataAt; ;) {
    const run = file.run(position);
    if (run.length === 0) return undefined;
    let i = run.indexOf(0xff);
    for (; i >= 0 && i + 1 < run.length; i = run.indexOf(0xff, i + 2)) {
      const marker = run[i + 1] ?? 0;
      if (marker === 0) continue;
      const after = position + i + 2;
      if (marker === EOI) return seen === count - 1 ? [...starts, after] : undefined;
      if (marker !== RST0 + (seen % 8)) return undefined;
      seen += 1;
      if (seen % perBlock === 0) starts.push(after);
    }
    position += i < 0 ? run.length : i;
    // A last byte 0xFF belongs to a marker: both bytes have to be in one run.
    if (i >= 0) file.bytes(position, 2);
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
