import type { RasterBlock, RasterFile } from '@tessera/geo/page';

/** A block of a level, by its column and row in the grid of blocks. */
export interface BlockPlace {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

/** Bytes of decoded blocks that are kept, of all rasters together. */
const KEPT_BYTES = 192 * 2 ** 20;

interface Kept {
  readonly block: Promise<RasterBlock>;
  readonly bytes: number;
}

/** Decoded blocks of the rasters that are looked at; neighbouring tiles of the map need the same ones. */
export class BlockCache {
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  /** @throws what reading throws; a block that was not read is asked for anew the next time. */
  block(url: string, file: RasterFile, place: BlockPlace): Promise<RasterBlock> {
    const key = `${url} ${String(place.level)} ${String(place.column)} ${String(place.row)}`;
    const found = this.#kept.get(key);
    if (found) {
      // The one that was asked for last is the last to go.
      this.#kept.delete(key);
      this.#kept.set(key, found);
      return found.block;
    }
    const window = windowOf(file, place);
    const block = file.readWindow(window);
    block.catch(() => this.#drop(key));
    this.#keep(key, { block, bytes: window.width * window.height * bytesPerPixel(file) });
    return block;
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.set(key, kept);
    this.#bytes += kept.bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= KEPT_BYTES || oldest === key) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0;
    this.#kept.delete(key);
  }
}

/** Size of a level in pixels. */
export function levelSize({ facts }: RasterFile, level: number): { readonly width: number; readonly height: number } {
  return level === 0 ? facts : (facts.overviews[level - 1] ?? facts);
}

function windowOf(file: RasterFile, { level, column, row }: BlockPlace) {
  const { tile } = file.facts;
  const { width, height } = levelSize(file, level);
  const [x, y] = [column * tile.width, row * tile.height];
  return { level, x, y, width: Math.min(tile.width, width - x), height: Math.min(tile.height, height - y) };
}

const BYTES = { uint8: 1, int8: 1, uint16: 2, int16: 2, uint32: 4, int32: 4, float32: 4, float64: 8 } as const;

/** With a byte for whether it was measured. */
const bytesPerPixel = ({ facts }: RasterFile): number => facts.bands.length * (BYTES[facts.type] + 1);
