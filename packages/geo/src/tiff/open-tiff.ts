import type { RasterFacts } from '@tessera/contracts';
import { checkWindow } from '../raster/check-window.ts';
import { levelFor } from '../raster/level-for.ts';
import type { RasterBlock } from '../raster/raster-block.ts';
import type { RasterFile, RasterWindow } from '../raster/raster-file.ts';
import type { RasterLimits } from '../raster/raster-limits.ts';
import { nearestSample, validByMask, validByNodata } from '../raster/valid-samples.ts';
import { nodataFact, nodataOf, parseBands, parseNodata } from './gdal-tags.ts';
import { readGeoreference } from './geo-keys.ts';
import { readLevels, type TiffLevel, type TiffLevels } from './read-levels.ts';
import { readSamples, type BlockAccess } from './read-samples.ts';
import type { TagReader } from './tag-reader.ts';
import { readTiffHeader } from './tiff-header.ts';
import type { TiffImage } from './tiff-image.ts';
import { PHOTOMETRIC, TAG } from './tiff-tag.ts';

/**
 * Opens a GeoTIFF, tiled or in strips.
 *
 * @throws AppError UNSUPPORTED_RASTER, CORRUPT_RASTER, what the source throws
 */
export async function openTiff(access: BlockAccess, limits: RasterLimits, signal?: AbortSignal): Promise<RasterFile> {
  const header = await readTiffHeader(access.pages, signal);
  const { tags, levels } = await readLevels(access.pages, header, limits, signal);
  const [main] = levels;
  const written = parseNodata(await tags.text(TAG.gdalNodata, signal));
  const nodata = nodataOf(main.image.type, written);
  const fill = written === undefined ? 0 : nearestSample(main.image.type, written);
  return new TiffFile(access, limits, levels, { nodata, fill }, await readFacts(tags, levels, nodata, signal));
}

async function readFacts(
  tags: TagReader,
  [{ image, mask }, ...copies]: TiffLevels['levels'],
  nodata: number | undefined,
  signal: AbortSignal | undefined,
): Promise<RasterFacts> {
  const alpha = alphaOf(image);
  const { epsg, transform } = await readGeoreference(tags, signal);
  const bands = parseBands(await tags.text(TAG.gdalMetadata, signal), image.samples);
  return {
    width: image.width,
    height: image.height,
    type: image.type,
    bands: bands.filter((_, sample) => sample !== alpha),
    nodata: nodataFact(nodata),
    mask: mask !== undefined ? 'mask' : alpha === undefined ? 'none' : 'alpha',
    epsg,
    transform: transform === null ? null : [...transform],
    tile: image.block,
    overviews: copies.map(({ image: { width, height } }) => ({ width, height })),
  };
}

/** Which sample is alpha: the first of those that follow the colours and say so. */
function alphaOf({ samples, extraSamples, photometric }: TiffImage): number | undefined {
  const colours = photometric === PHOTOMETRIC.rgb || photometric === PHOTOMETRIC.yCbCr ? 3 : 1;
  const first = Math.max(colours, samples - extraSamples.length);
  const index = extraSamples.findIndex((meaning) => meaning === 1 || meaning === 2);
  const sample = first + index;
  return index < 0 || sample >= samples ? undefined : sample;
}

/** What stands for nothing. */
interface Empty {
  /** The sample that does; a mask is stronger, alpha weaker. */
  readonly nodata: number | undefined;
  /** What blocks hold that are not stored. */
  readonly fill: number;
}

class TiffFile implements RasterFile {
  readonly facts: RasterFacts;
  readonly #access: BlockAccess;
  readonly #limits: RasterLimits;
  readonly #levels: readonly TiffLevel[];
  readonly #empty: Empty;

  constructor(
    access: BlockAccess,
    limits: RasterLimits,
    levels: readonly TiffLevel[],
    empty: Empty,
    facts: RasterFacts,
  ) {
    this.facts = facts;
    this.#access = access;
    this.#limits = limits;
    this.#levels = levels;
    this.#empty = empty;
  }

  levelFor(resolution: number): number {
    return levelFor(this.facts, resolution);
  }

  async readWindow(window: RasterWindow, signal?: AbortSignal): Promise<RasterBlock> {
    const { level, bands: wanted, ...rectangle } = checkWindow(this.facts, window, this.#limits);
    const { image, mask } = this.#levels[level]!;
    const alpha = alphaOf(image);
    const { nodata, fill } = this.#empty;
    const isByAlpha = alpha !== undefined && mask === undefined && nodata === undefined;
    // Bands are counted without alpha.
    const samples = wanted.map((band) => (alpha !== undefined && band >= alpha ? band + 1 : band));
    const asked = isByAlpha ? [...samples, alpha] : samples;
    const read = await readSamples(this.#access, image, rectangle, asked, fill, signal);
    const bands = read.slice(0, samples.length);
    const block = { ...rectangle, type: image.type, bands };

    if (mask !== undefined) {
      const [masked] = await readSamples(this.#access, mask, rectangle, [0], 0, signal);
      const valid = validByMask(masked!);
      return { ...block, valid: bands.map(() => valid) };
    }
    if (isByAlpha) {
      const valid = validByMask(read.at(-1)!);
      return { ...block, valid: bands.map(() => valid) };
    }
    return { ...block, valid: bands.map((band) => (nodata === undefined ? undefined : validByNodata(band, nodata))) };
  }
}
