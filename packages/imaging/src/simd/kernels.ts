import { AppError } from '@tessera/runtime/app-error';
import { KERNEL_BINARY } from './kernel-binary.ts';

/** What packages/imaging/assembly exports. Numbers called pointers are byte offsets into the memory. */
interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  freeMemory(): number;
  canny: (
    source: number,
    sourceStride: number,
    target: number,
    targetStride: number,
    width: number,
    rows: number,
    channels: number,
    colours: number,
    size: number,
    weights: number,
    shift: number,
    l2: number,
    low: number,
    high: number,
    edges: number,
    scratch: number,
  ) => void;
  bilateral: TileKernel<[steps: number, near: number, likeness: number, count: number]>;
  boxBlur: TileKernel<[size: number, scratch: number]>;
  nonLocalMeans: TileKernel<
    [template: number, search: number, shift: number, table: number, count: number, scratch: number]
  >;
  convolveIntegers: Convolution;
  convolveNumbers: Convolution;
  layOver: (
    picture: number,
    layer: number,
    pixels: number,
    channels: number,
    layers: number,
    mode: number,
    opacity: number,
    scratch: number,
  ) => void;
  countLevels: (source: number, pixels: number, channels: number, counts: number) => void;
  layOverOpaque: (picture: number, layer: number, bytes: number, mode: number, opacity: number) => void;
  keepShares: (
    picture: number,
    shares: number,
    target: number,
    pixels: number,
    channels: number,
    fade: boolean,
    scratch: number,
  ) => void;
  levelTable: PointKernel<[tables: number]>;
  luma: PointKernel;
  withLuma: (source: number, levels: number, target: number, pixels: number, channels: number) => void;
  mixTables: (
    levels: number,
    target: number,
    pixels: number,
    columns: number,
    stride: number,
    upper: number,
    lower: number,
    ofUpper: number,
    ofLower: number,
  ) => void;
  sharpenByBlurred: MixKernel<[factor: number, limit: number]>;
  aboveBlurred: MixKernel;
  whiteAboveBlurred: MixKernel<[limit: number, flip: number]>;
  reversePixels: (source: number, target: number, pixels: number, size: number) => void;
  vignette: (
    source: number,
    target: number,
    pixels: number,
    channels: number,
    across: number,
    downSquared: number,
    scale: number,
    shift: number,
    missing: number,
  ) => void;
  grayscale: PointKernel<[red: number, green: number, blue: number]>;
  threshold: PointKernel<[limit: number]>;
  hueSaturationLightness: PointKernel<[turn: number, stronger: number, kept: number, added: number]>;
  invert: PointKernel<[mask: number]>;
  swapRedBlue: PointKernel;
  colourMatrix: PointKernel<[matrix: number]>;
  gaussianBlur: TileKernel<[weights: number, size: number, scratch: number]>;
  median: TileKernel<[size: number, scratch: number]>;
  morphology: TileKernel<[size: number, darkest: number, scratch: number]>;
  sharpen: TileKernel<[scratch: number]>;
  largeRank: TileKernel<[size: number, place: number, scratch: number]>;
  rank: TileKernel<[size: number, place: number]>;
  resampleRows: (
    source: number,
    sourceStride: number,
    target: number,
    targetStride: number,
    columns: number,
    rows: number,
    channels: number,
    table: number,
    count: number,
  ) => void;
  resampleColumns: (
    source: number,
    stride: number,
    target: number,
    samples: number,
    weights: number,
    count: number,
  ) => void;
  affinePlaces: (
    acrossX: number,
    acrossY: number,
    pixels: number,
    left: number,
    top: number,
    shift: number,
    leastX: number,
    mostX: number,
    leastY: number,
    mostY: number,
    xs: number,
    ys: number,
  ) => void;
  perspectivePlaces: (
    first: number,
    pixels: number,
    ax: number,
    bx: number,
    cx: number,
    ay: number,
    by: number,
    cy: number,
    aw: number,
    bw: number,
    cw: number,
    parts: number,
    leastX: number,
    mostX: number,
    leastY: number,
    mostY: number,
    originX: number,
    originY: number,
    xs: number,
    ys: number,
  ) => void;
  fetchNearest: Fetch;
  fetchLinear: Fetch;
  weighByAlpha: (pixels: number, bytes: number, channels: number) => void;
}

type Fetch = (
  source: number,
  stride: number,
  channels: number,
  xs: number,
  ys: number,
  pixels: number,
  target: number,
) => void;

type TileKernel<Rest extends unknown[]> = (
  source: number,
  sourceStride: number,
  target: number,
  targetStride: number,
  samples: number,
  rows: number,
  channels: number,
  ...rest: Rest
) => void;

type Convolution = TileKernel<
  [taps: number, first: number, second: number, finish: number, factor: number, offset: number, scratch: number]
>;

type MixKernel<Rest extends unknown[] = []> = (
  source: number,
  blurred: number,
  target: number,
  bytes: number,
  masks: number,
  ...rest: Rest
) => void;

type PointKernel<Rest extends unknown[] = []> = (
  source: number,
  target: number,
  pixels: number,
  channels: number,
  ...rest: Rest
) => void;

/** The vector kernels and the memory they work in, which is of fixed size. */
export interface Kernels {
  readonly functions: Omit<KernelExports, 'memory' | 'freeMemory'>;
  /**
   * Gives `sizes.length` areas of at least so many bytes each. They are valid until the next call: each computation
   * takes all it needs at once.
   *
   * @throws AppError INTERNAL if they do not fit: callers cut their work so that it does.
   */
  allocate(sizes: readonly number[]): Uint8Array[];
}

/** Of WebAssembly's JavaScript interface the part that is used here; not all environments' types declare it. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

/** One instance a thread, made at its first use: no state in it outlives a call. `null`: there are no vectors here. */
let instance: Kernels | null | undefined;

/** The vector kernels, or `null` where WebAssembly or its 128-bit vectors are missing. */
export function loadKernels(): Kernels | null {
  instance ??= instantiate();
  return instance;
}

function instantiate(): Kernels | null {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly?: WebAssemblyApi };
  const bytes = Uint8Array.from(atob(KERNEL_BINARY), (character) => character.charCodeAt(0));
  if (WebAssembly?.validate(bytes) !== true) return null;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const functions = exports as KernelExports;
  const bytesOfMemory = new Uint8Array(functions.memory.buffer);
  const start = align(functions.freeMemory());
  return {
    functions,
    allocate(sizes) {
      let at = start;
      const areas = sizes.map((size) => {
        const area = bytesOfMemory.subarray(at, at + size);
        at += align(size);
        return area;
      });
      if (at > bytesOfMemory.length) throw new AppError('INTERNAL', { details: { what: 'kernel memory', sizes } });
      return areas;
    },
  };
}

function align(bytes: number): number {
  return (bytes + 15) & ~15;
}
