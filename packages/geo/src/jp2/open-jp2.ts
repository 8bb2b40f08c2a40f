import type { RasterFacts } from '@tessera/contracts';
import { checkWindow } from '../raster/check-window.ts';
import { levelFor } from '../raster/level-for.ts';
import { placeBlock } from '../raster/place-block.ts';
import type { RasterBlock } from '../raster/raster-block.ts';
import { corruptRaster, unsupportedRaster } from '../raster/raster-error.ts';
import type { RasterFile, RasterWindow } from '../raster/raster-file.ts';
import { DEFAULT_RASTER_LIMITS, type RasterLimits } from '../raster/raster-limits.ts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import { bytesRange } from '../source/bytes-range.ts';
import { inFlight } from '../source/in-flight.ts';
import type { Span } from '../source/join-ranges.ts';
import { viewSamples } from '../tiff/decode/view-samples.ts';
import { readGeoreference, type Georeference } from '../tiff/geo-keys.ts';
import { HeaderPages } from '../tiff/header-pages.ts';
import type { BlockAccess } from '../tiff/read-samples.ts';
import { TagReader } from '../tiff/tag-reader.ts';
import { readTiffDirectory } from '../tiff/tiff-directory.ts';
import { readTiffHeader } from '../tiff/tiff-header.ts';
import { readBoxes, type Jp2Boxes } from './boxes.ts';
import { readCodeStream, tileCorners, tileStream, type CodeStream } from './code-stream.ts';
import { readGmlReference } from './gml-reference.ts';
import { findTileParts } from './tile-parts.ts';

/** Tiles that are decoded at one time, each in a process of its own. */
const DECODES = 2;

/**
 * Opens a JPEG 2000 file (JP2), as Sentinel-2's bands are. Its tiles are read and decoded one by one.
 *
 * @throws AppError UNSUPPORTED_RASTER, CORRUPT_RASTER, what the source throws
 */
export async function openJp2(access: BlockAccess, limits: RasterLimits, signal?: AbortSignal): Promise<RasterFile> {
  const { pages, source } = access;
  const boxes = await readBoxes(pages, source.bytes, limits, signal);
  const stream = await readCodeStream(pages, boxes.codeStream.offset, boxes.codeStream.length, limits, signal);
  const { left, top, right, bottom } = stream.image;
  const { epsg, transform } = await readPlace(boxes);
  const facts: RasterFacts = {
    ...{ width: right - left, height: bottom - top, type: stream.type },
    bands: Array.from({ length: stream.components }, () => ({ name: null, scale: 1, offset: 0 })),
    ...{ nodata: null, mask: 'none', epsg, transform: transform === null ? null : [...transform] },
    tile: { width: Math.min(stream.tile.width, right - left), height: Math.min(stream.tile.height, bottom - top) },
    overviews: [],
  };
  return new Jp2File(access, limits, stream, facts);
}

async function readPlace({ geoTiff, gml }: Jp2Boxes): Promise<Georeference> {
  if (geoTiff !== undefined) {
    const pages = new HeaderPages(bytesRange(geoTiff));
    const header = await readTiffHeader(pages);
    const directory = await readTiffDirectory(pages, header.first, header);
    return readGeoreference(new TagReader(pages, directory, header.littleEndian, DEFAULT_RASTER_LIMITS.maxTagBytes));
  }
  return gml === undefined ? { epsg: null, transform: null } : readGmlReference(gml);
}

class Jp2File implements RasterFile {
  readonly facts: RasterFacts;
  readonly #access: BlockAccess;
  readonly #limits: RasterLimits;
  readonly #stream: CodeStream;
  #parts: readonly (readonly Span[])[] | undefined;

  constructor(access: BlockAccess, limits: RasterLimits, stream: CodeStream, facts: RasterFacts) {
    this.facts = facts;
    this.#access = access;
    this.#limits = limits;
    this.#stream = stream;
  }

  levelFor(resolution: number): number {
    return levelFor(this.facts, resolution);
  }

  async readWindow(window: RasterWindow, signal?: AbortSignal): Promise<RasterBlock> {
    const { bands: wanted, x, y, width, height } = checkWindow(this.facts, window, this.#limits);
    const { image, tile, across, components, type } = this.#stream;
    this.#parts ??= await findTileParts(this.#access.pages, this.#stream, signal);
    const bands = wanted.map(() => SAMPLE_TYPES[type].samples(width * height));
    const column = (at: number): number => Math.floor((at + image.left - tile.x) / tile.width);
    const row = (at: number): number => Math.floor((at + image.top - tile.y) / tile.height);
    const tiles: number[] = [];
    for (let r = row(y); r <= row(y + height - 1); r += 1) {
      for (let c = column(x); c <= column(x + width - 1); c += 1) tiles.push(r * across + c);
    }
    await inFlight(
      tiles,
      DECODES,
      async (index, decoding) => {
        const { left, top, right, bottom } = tileCorners(this.#stream, index);
        const place = { x: left - image.left, y: top - image.top, width: right - left, height: bottom - top };
        const bytes = await this.#decode(index, place.width, place.height, decoding);
        const block = { ...place, samples: viewSamples(bytes, type), stride: components };
        wanted.forEach((band, i) => placeBlock({ x, y, width, height }, block, band, 0, bands[i]!));
      },
      signal,
    );
    return { x, y, width, height, type, bands, valid: bands.map(() => undefined) };
  }

  async #decode(index: number, width: number, height: number, signal: AbortSignal): Promise<Uint8Array> {
    const { source, decodePicture } = this.#access;
    if (decodePicture === undefined) throw unsupportedRaster('JPEG 2000 is not read here.');
    const { components, type } = this.#stream;
    const sampleBytes = SAMPLE_TYPES[type].bytes as 1 | 2;
    const spans = this.#parts?.[index] ?? [];
    const needed = width * height * components * sampleBytes;
    const stored = spans.reduce((sum, { length }) => sum + length, 0);
    if (spans.length === 0 || stored > needed * 2 + 64 * 1024)
      throw corruptRaster('a tile that is missing or too large');
    const parts: Uint8Array[] = [];
    for (const { start, length } of spans) {
      const part = await source.read(start, length, signal);
      if (part.length < length) throw corruptRaster('the file ends within a tile');
      parts.push(part);
    }
    const bytes = tileStream(this.#stream, index, parts);
    const picture = { format: 'j2k', bytes, width, height, channels: components, sampleBytes } as const;
    const samples = new Uint8Array(await decodePicture(picture, signal));
    if (samples.length !== needed) throw corruptRaster('a tile of another size than its raster says');
    return samples;
  }
}
