/** How pixels are weighed by their distance, in pixels of the result or of the picture, whichever are larger. */
export type ResizeKernel = 'nearest' | 'area' | 'linear' | 'cubic' | 'mitchell' | 'lanczos2' | 'lanczos';

interface Filter {
  /** Distance from which on nothing is weighed. */
  readonly support: number;
  readonly weigh: (distance: number) => number;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI));

/** As Pillow has them; Mitchell's and Lanczos' of two lobes, which it lacks, as libvips and ImageMagick do. */
const FILTERS: Readonly<Record<Exclude<ResizeKernel, 'nearest'>, Filter>> = {
  area: { support: 0.5, weigh: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  linear: { support: 1, weigh: (x) => Math.max(0, 1 - Math.abs(x)) },
  cubic: { support: 2, weigh: cubic },
  mitchell: { support: 2, weigh: mitchell },
  lanczos2: lanczos(2),
  lanczos: lanczos(3),
};

function lanczos(lobes: number): Filter {
  return { support: lobes, weigh: (x) => (x >= -lobes && x < lobes ? sinc(x) * sinc(x / lobes) : 0) };
}

function cubic(value: number): number {
  const [x, a] = [Math.abs(value), -0.5];
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

/** B = C = 1/3 (D. P. Mitchell and A. N. Netravali, Reconstruction filters in computer graphics, 1988). */
function mitchell(value: number): number {
  const x = Math.abs(value);
  if (x < 1) return ((21 * x - 36) * x * x + 16) / 18;
  return x < 2 ? (((36 - 7 * x) * x - 60) * x + 32) / 18 : 0;
}

/** Bits behind the point of a weight. */
export const WEIGHT_BITS = 22;

/** What one pixel of a side is made of: so many pixels from `first` on, with whole numbers that add up to about 2²². */
export interface Taps {
  readonly first: number;
  readonly weights: Int32Array;
}

/**
 * What the pixel at `place` of a side of `to` pixels is made of, where the picture has `from`. It depends on the place
 * in the whole only, so that all regions agree.
 */
export function tapsOf(place: number, from: number, to: number, kernel: ResizeKernel): Taps {
  // A side that keeps its length is left alone.
  if (from === to) return { first: place, weights: Int32Array.of(1 << WEIGHT_BITS) };
  if (kernel === 'nearest') {
    const first = Math.min(from - 1, Math.floor(((2 * place + 1) * from) / (2 * to)));
    return { first, weights: Int32Array.of(1 << WEIGHT_BITS) };
  }
  const { support, weigh } = FILTERS[kernel];
  const scale = from / to;
  const shrink = Math.max(1, scale);
  const reach = support * shrink;
  const centre = (place + 0.5) * scale;
  const first = Math.max(0, Math.trunc(centre - reach + 0.5));
  const end = Math.min(from, Math.trunc(centre + reach + 0.5));
  const per = 1 / shrink;
  const shares = Array.from({ length: end - first }, (_, n) => weigh((n + first - centre + 0.5) * per));
  const all = shares.reduce((sum, share) => sum + share, 0);
  return {
    first,
    weights: Int32Array.from(shares, (share) => {
      const part = (all === 0 ? share : share / all) * (1 << WEIGHT_BITS);
      return Math.trunc(part < 0 ? part - 0.5 : part + 0.5);
    }),
  };
}

/** First pixel and number of those that a stretch of a side is made of. */
export function tapsSpan(
  start: number,
  length: number,
  from: number,
  to: number,
  kernel: ResizeKernel,
): readonly [first: number, count: number] {
  const head = tapsOf(start, from, to, kernel);
  const tail = tapsOf(start + length - 1, from, to, kernel);
  return [head.first, tail.first + tail.weights.length - head.first];
}

/** What the pixels of a side are made of, as far as somebody asked, by the lengths and the kernel. */
const known = new Map<string, Taps[]>();
/** Most sides that are remembered, and weights of each: regions come one after another, of pictures one after another. */
const MOST = { sides: 4, weights: 1 << 20 } as const;

/** What `length` pixels of a side are made of; undefined where it keeps its length. */
export function tapsOfSide(
  start: number,
  length: number,
  from: number,
  to: number,
  kernel: ResizeKernel,
): readonly Taps[] | undefined {
  if (from === to) return undefined;
  const reach = kernel === 'nearest' ? 0.5 : FILTERS[kernel].support;
  const isKept = 2 * reach * Math.max(from, to) <= MOST.weights;
  const name = `${String(from)} ${String(to)} ${kernel}`;
  const side = known.get(name) ?? [];
  if (isKept && !known.has(name)) {
    if (known.size === MOST.sides) known.clear();
    known.set(name, side);
  }
  return Array.from({ length }, (_, n) => {
    const place = start + n;
    const taps = side[place] ?? tapsOf(place, from, to, kernel);
    if (isKept) side[place] = taps;
    return taps;
  });
}
