import type { SampleType } from '@tessera/contracts';
import { corruptRaster, unsupportedRaster } from '../raster/raster-error.ts';
import type { RasterLimits } from '../raster/raster-limits.ts';
import type { HeaderPages } from '../tiff/header-pages.ts';
import { viewOf } from '../tiff/tiff-directory.ts';

/** The main header of a JPEG 2000 code stream (ISO/IEC 15444-1, annex A). All coordinates are those of its grid. */
export interface CodeStream {
  /** Offset in the file, and bytes of the stream. */
  readonly offset: number;
  readonly length: number;
  /** Bytes of the main header, up to the first tile part. */
  readonly headerBytes: number;
  /** What tiles need of the main header, without SIZ. */
  readonly shared: Uint8Array;
  /** The SIZ marker segment. */
  readonly siz: Uint8Array;
  readonly image: Corners;
  readonly tile: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly across: number;
  readonly down: number;
  readonly components: number;
  readonly type: SampleType;
}

export interface Corners {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const MARK = { soc: 0xff4f, siz: 0xff51, sot: 0xff90, tlm: 0xff55, plm: 0xff57, ppm: 0xff60, com: 0xff64 } as const;

const TYPES = {
  8: { signed: 'int8', unsigned: 'uint8' },
  16: { signed: 'int16', unsigned: 'uint16' },
} as const;

/**
 * Reads the main header.
 *
 * @throws AppError CORRUPT_RASTER, UNSUPPORTED_RASTER
 */
export async function readCodeStream(
  pages: HeaderPages,
  offset: number,
  length: number,
  limits: RasterLimits,
  signal?: AbortSignal,
): Promise<CodeStream> {
  if (viewOf(await pages.bytes(offset, 2, signal)).getUint16(0) !== MARK.soc) throw corruptRaster('no code stream');
  const shared: Uint8Array[] = [];
  let siz: Uint8Array | undefined;
  let at = offset + 2;
  for (;;) {
    const head = viewOf(await pages.bytes(at, 4, signal));
    const mark = head.getUint16(0);
    if (mark === MARK.sot) break;
    const bytes = 2 + head.getUint16(2);
    if (mark < 0xff00 || bytes < 4 || at + bytes - offset > limits.maxTagBytes)
      throw corruptRaster('a header of JPEG 2000');
    if (mark === MARK.ppm) throw unsupportedRaster('JPEG 2000 with packed packet headers is not read.');
    const segment = (await pages.bytes(at, bytes, signal)).slice();
    if (mark === MARK.siz) siz ??= segment;
    else if (mark !== MARK.tlm && mark !== MARK.plm && mark !== MARK.com) shared.push(segment);
    at += bytes;
  }
  if (siz === undefined) throw corruptRaster('a code stream without a size');
  return { offset, length, headerBytes: at - offset, shared: Buffer.concat(shared), siz, ...readSize(siz, limits) };
}

function readSize(
  siz: Uint8Array,
  limits: RasterLimits,
): Pick<CodeStream, 'image' | 'tile' | 'across' | 'down' | 'components' | 'type'> {
  if (siz.length < 43) throw corruptRaster('a size of JPEG 2000 that is too short');
  const view = viewOf(siz);
  const [right = 0, bottom = 0, left = 0, top = 0, width = 0, height = 0, x = 0, y = 0] = Array.from(
    { length: 8 },
    (_, i) => view.getUint32(6 + i * 4),
  );
  const components = view.getUint16(38);
  if (siz.length !== 40 + components * 3 || components === 0) throw corruptRaster('components of JPEG 2000');
  const parts = Array.from({ length: components }, (_, i) => siz.subarray(40 + i * 3, 43 + i * 3));
  const [depth = 0] = parts[0]!;
  if (!parts.every(([other, dx, dy]) => other === depth && dx === 1 && dy === 1))
    throw unsupportedRaster('Components of different sizes or types are not read.');
  const bits = (depth & 0x7f) + 1;
  if (bits > 16) throw unsupportedRaster('JPEG 2000 is read with up to 16 bits.');
  const type = TYPES[bits > 8 ? 16 : 8][depth > 0x7f ? 'signed' : 'unsigned'];
  const isWell = left < right && top < bottom && width > 0 && height > 0 && x <= left && y <= top;
  if (!isWell || x + width <= left || y + height <= top) throw corruptRaster('a grid of JPEG 2000');
  const across = Math.ceil((right - x) / width);
  const down = Math.ceil((bottom - y) / height);
  const widest = Math.min(width, right - left);
  const highest = Math.min(height, bottom - top);
  // The decoder knows of no others.
  if (components !== 1 && components !== 3) throw unsupportedRaster('JPEG 2000 is read with one band or with three.');
  if ((right - left) * (bottom - top) > limits.maxPixels || across * down > Math.min(limits.maxBlocks, 65_535))
    throw unsupportedRaster('The raster has more pixels or tiles than this site reads.');
  if (widest * highest * components * (bits > 8 ? 2 : 1) > limits.maxBlockBytes)
    throw unsupportedRaster('The tiles of the raster are too large.');
  return { image: { left, top, right, bottom }, tile: { x, y, width, height }, across, down, components, type };
}

/** Where a tile lies on the grid. */
export function tileCorners({ image, tile, across }: CodeStream, index: number): Corners {
  const left = tile.x + (index % across) * tile.width;
  const top = tile.y + Math.floor(index / across) * tile.height;
  return {
    left: Math.max(left, image.left),
    top: Math.max(top, image.top),
    right: Math.min(left + tile.width, image.right),
    bottom: Math.min(top + tile.height, image.bottom),
  };
}

/**
 * Makes a code stream of one tile: the picture is the tile, which stays where it is on the grid, for all that is in it
 * is anchored there.
 *
 * @param parts The tile's parts as stored, each beginning with its SOT.
 */
export function tileStream(stream: CodeStream, index: number, parts: readonly Uint8Array[]): Uint8Array {
  const { left, top, right, bottom } = tileCorners(stream, index);
  const { tile, across } = stream;
  const siz = stream.siz.slice();
  const view = viewOf(siz);
  const grid = [tile.x + (index % across) * tile.width, tile.y + Math.floor(index / across) * tile.height];
  [right, bottom, left, top, tile.width, tile.height, ...grid].forEach((value, i) => view.setUint32(6 + i * 4, value));
  const own = parts.map((part) => {
    const copy = part.slice();
    viewOf(copy).setUint16(4, 0);
    return copy;
  });
  return Buffer.concat([Uint8Array.of(0xff, 0x4f), siz, stream.shared, ...own, Uint8Array.of(0xff, 0xd9)]);
}
