import type { Grid, Output } from '@tessera/contracts';
import { isDeep } from '@tessera/imaging/raster';
import { gridColumns, gridRegion } from '@tessera/imaging/region';
import { AppError } from '@tessera/runtime/app-error';
import { bytePixels } from '../byte-pixels.ts';
import { checkCount, requireFact } from '../check-strips.ts';
import type { StripFacts, StripFormat } from '../strip.ts';
import { zlibStream } from '../zlib-stream.ts';
import { directoryBytes, writeDirectory, type Field, type FieldType } from './directory.ts';
import { cutTile, predictTile } from './tile.ts';

/** Largest file that 32-bit offsets reach. */
const CLASSIC_LIMIT = 2 ** 32 - 1;
const even = (bytes: number): number => bytes + (bytes & 1);

/**
 * Tiled TIFF with deflate and horizontal differencing. A strip is the tiles of its region in raster order, each padded
 * to an even length; the directory before them tells where each one lies.
 *
 * @param classicLimit bytes above which a file becomes a BigTIFF.
 */
export function createTiffFormat(classicLimit = CLASSIC_LIMIT): StripFormat {
  return {
    encode(raster, _place, { tile: side }) {
      const pixels = bytePixels(raster);
      const pieces: Uint8Array[] = [];
      const tiles: number[] = [];
      for (let y = 0; y < raster.height; y += side) {
        for (let x = 0; x < raster.width; x += side) {
          const tile = cutTile(pixels, x, y, side);
          predictTile(isDeep(raster) ? new Uint16Array(tile.buffer) : tile, side, raster.channels);
          const deflated = zlibStream(tile);
          tiles.push(deflated.length);
          pieces.push(deflated, new Uint8Array(deflated.length & 1));
        }
      }
      const bytes = join(pieces);
      return Promise.resolve({ bytes, facts: { bytes: bytes.length, tiles } });
    },

    assemble(strips, grid, output) {
      checkCount(strips, grid, output);
      return [fileHeader(strips, grid, output, classicLimit), ...strips.map((_, strip) => ({ strip }))];
    },
  };
}

/** One array that owns its whole buffer, so that it may be moved between threads. */
function join(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    bytes.set(piece, position);
    position += piece.length;
  }
  return bytes;
}

function fileHeader(strips: readonly StripFacts[], grid: Grid, output: Output, classicLimit: number): Uint8Array {
  const { offsets, lengths, bytes } = locateTiles(strips, grid, output);
  const classic = fieldsOf(output, offsets, lengths, 'long');
  const isBig = directoryBytes(classic, false) + bytes > classicLimit;
  const fields = isBig ? fieldsOf(output, offsets, lengths, 'long8') : classic;
  const start = directoryBytes(fields, isBig);
  const placed = fields.map((field) =>
    field.tag === TILE_OFFSETS ? { ...field, values: field.values.map((offset) => offset + start) } : field,
  );
  return writeDirectory(placed, isBig);
}

interface TilePlaces {
  /** Counted from the first tile of the file, in raster order of the picture. */
  readonly offsets: readonly number[];
  readonly lengths: readonly number[];
  /** Bytes of all strips. */
  readonly bytes: number;
}

function locateTiles(strips: readonly StripFacts[], grid: Grid, output: Output): TilePlaces {
  const side = output.tile;
  const columns = Math.ceil(output.width / side);
  const count = columns * Math.ceil(output.height / side);
  const offsets = new Array<number>(count).fill(-1);
  const lengths = new Array<number>(count).fill(-1);
  let position = 0;
  strips.forEach((strip, cell) => {
    const region = gridRegion(grid, output, cell);
    const across = Math.ceil(region.width / side);
    let offset = position;
    requireFact(strip.tiles, 'tiles').forEach((length, i) => {
      const index = (region.y / side + Math.floor(i / across)) * columns + region.x / side + (i % across);
      offsets[index] = offset;
      lengths[index] = length;
      offset += even(length);
    });
    position += strip.bytes;
  });
  const whole = gridColumns(grid, output) === 1 || grid.width % side === 0;
  if (!whole || offsets.length !== count || offsets.includes(-1)) {
    throw new AppError('INTERNAL', { message: 'The regions do not consist of whole tiles.' });
  }
  return { offsets, lengths, bytes: position };
}

const TILE_OFFSETS = 324;

/** The tags of TIFF 6.0 that a reader needs, in ascending order. */
function fieldsOf(
  { width, height, channels, depth = 8, tile }: Output,
  offsets: readonly number[],
  lengths: readonly number[],
  offsetType: FieldType,
): readonly Field[] {
  const each = (value: number): readonly number[] => Array.from({ length: channels }, () => value);
  const hasAlpha = channels === 2 || channels === 4;
  const unassociatedAlpha: Field = { tag: 338, type: 'short', values: [2] };
  return [
    { tag: 256, type: 'long', values: [width] },
    { tag: 257, type: 'long', values: [height] },
    { tag: 258, type: 'short', values: each(depth) },
    // Deflate with a zlib header.
    { tag: 259, type: 'short', values: [8] },
    // 0 is black, or RGB.
    { tag: 262, type: 'short', values: [channels < 3 ? 1 : 2] },
    { tag: 277, type: 'short', values: [channels] },
    { tag: 282, type: 'rational', values: [72] },
    { tag: 283, type: 'rational', values: [72] },
    // Channels interleaved.
    { tag: 284, type: 'short', values: [1] },
    // Pixels per inch.
    { tag: 296, type: 'short', values: [2] },
    // Horizontal differencing.
    { tag: 317, type: 'short', values: [2] },
    { tag: 322, type: 'long', values: [tile] },
    { tag: 323, type: 'long', values: [tile] },
    { tag: TILE_OFFSETS, type: offsetType, values: offsets },
    { tag: 325, type: 'long', values: lengths },
    ...(hasAlpha ? [unassociatedAlpha] : []),
    // Unsigned integers.
    { tag: 339, type: 'short', values: each(1) },
  ];
}
