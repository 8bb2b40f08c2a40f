import { instantiateTileKernels, type TileKernels } from './simd/kernels.ts';

/** Bytes of a tile at most: larger ones are rare, and the memory never becomes smaller. */
const MOST_BYTES = 8 * 2 ** 20;
/** Vectors may reach so far beyond an area's end: one for each sample of a pixel. */
const MARGIN = 17 * 16;
/** Samples of a pixel at most. */
const MOST_STRIDE = 16;
/** Bytes of a page of WebAssembly's memory. */
const PAGE = 65_536;

/** Two areas of the kernels' memory, each with room for a tile. What they hold lasts until areas are asked for again. */
export interface TileAreas {
  readonly kernels: TileKernels;
  readonly buffer: ArrayBuffer;
  /** Where they begin, multiples of 16. */
  readonly first: number;
  readonly second: number;
}

/** Where tiles are worked on by vectors, one after the other; one for each thread. */
export class Workbench {
  readonly #kernels: TileKernels;

  constructor(kernels: TileKernels) {
    this.#kernels = kernels;
  }

  /** Areas for a tile of so many bytes; `undefined` where it is too large. */
  areas(bytes: number, stride: number): TileAreas | undefined {
    if (bytes > MOST_BYTES || stride > MOST_STRIDE) return undefined;
    const { memory } = this.#kernels;
    const first = up(this.#kernels.freeMemory());
    const second = up(first + bytes + MARGIN);
    const missing = second + bytes + MARGIN - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return { kernels: this.#kernels, buffer: memory.buffer, first, second };
  }
}

let own: Workbench | null | undefined;

/** This thread's; `null` where there are no vectors. */
export function workbench(): Workbench | null {
  if (own === undefined) {
    const kernels = instantiateTileKernels();
    own = kernels && new Workbench(kernels);
  }
  return own;
}

function up(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}
