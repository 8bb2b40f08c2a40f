import { ANCHORS, type OperationName, type OperationParams } from '@tessera/contracts';
import fc from 'fast-check';

const odd = (most: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: (most - 1) / 2 }).map((half) => 2 * half + 1);
const none = fc.constant({});
const within = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
const share = fc.oneof(fc.constantFrom(0, 1), within(0, 1));
const percent = fc.oneof(fc.constantFrom(-100, 0, 100), within(-100, 100));
const mixed = fc.oneof(fc.constantFrom(-200, 0, 100, 200), within(-200, 200));
const gain = within(0, 4);
const exponent = within(0.1, 10);
const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
const level = fc.integer({ min: 0, max: 255 });
const direction = fc.constantFrom('both', 'across', 'upright');
const element = {
  ksize: fc.integer({ min: 1, max: 31 }),
  shape: fc.constantFrom('rectangle', 'ellipse', 'cross'),
  iterations: fc.constantFrom(1, 1, 2, 3),
} as const;
const offset = fc.oneof(fc.constant(0), fc.nat(9));
const extent = fc.integer({ min: 1, max: 60 });
const added = fc.oneof(fc.constant(0), fc.nat(70));
const corner = within(-100, 200);
const interpolation = fc.constantFrom('linear', 'nearest');
const ground = { colour: fc.constantFrom('#000000', '#12ab9f'), opacity: fc.constantFrom(0, 40, 100) } as const;
const toneChannel = fc.constantFrom('all', 'red', 'green', 'blue');

const side = fc.integer({ min: 1, max: 60 });
/** The name of another picture, by which fixtures make it. */
const image = fc
  .tuple(side, side, fc.integer({ min: 1, max: 4 }))
  .map(([width, height, channels]) => `${String(width)}x${String(height)}x${String(channels)}`);
const position = fc.constantFrom(...ANCHORS);
const fit = fc.constantFrom('none', 'stretch', 'cover', 'contain');
const mark = { position, margin: fc.nat(20), repeat: fc.boolean(), gap: fc.nat(20) } as const;

/** Parameters of every operation over their whole range. */
export const PARAMS: { readonly [Op in OperationName]: fc.Arbitrary<OperationParams<Op>> } = {
  grayscale: fc.record({ red: share, green: share, blue: share }),
  invert: none,
  sharpen: none,
  'swap-red-blue': none,
  threshold: fc.record({
    value: within(0, 255),
    type: fc.constantFrom('binary', 'binary-inverse', 'truncate', 'to-zero', 'to-zero-inverse'),
  }),
  'brightness-contrast': fc.record({ brightness: percent, contrast: percent }),
  gamma: fc.record({ gamma: exponent }),
  levels: fc.record({
    black: level,
    white: level,
    gamma: exponent,
    darkest: level,
    brightest: level,
    channel: toneChannel,
  }),
  curves: fc.record({
    points: fc
      .tuple(fc.uniqueArray(level, { minLength: 2, maxLength: 16 }), fc.array(level, { minLength: 16, maxLength: 16 }))
      .map(([from, to]) =>
        from
          .toSorted((a, b) => a - b)
          .map((x, n) => `${String(x)} ${String(to[n])}`)
          .join(' / '),
      ),
    channel: toneChannel,
  }),
  posterize: fc.record({ levels: fc.integer({ min: 2, max: 64 }) }),
  solarize: fc.record({ threshold: level }),
  clahe: fc.record({
    limit: fc.oneof(fc.constantFrom(0, 2, 40), within(0, 100)),
    across: fc.integer({ min: 1, max: 9 }),
    down: fc.integer({ min: 1, max: 9 }),
  }),
  'hue-saturation-lightness': fc.record({
    hue: within(-180, 180),
    saturation: percent,
    lightness: percent,
  }),
  'white-balance': fc.record({ red: gain, green: gain, blue: gain }),
  sepia: fc.record({ amount: within(0, 100) }),
  tint: fc.record({
    colour,
    amount: within(0, 100),
  }),
  'channel-mixer': fc.record({
    redFromRed: mixed,
    redFromGreen: mixed,
    redFromBlue: mixed,
    redConstant: percent,
    greenFromRed: mixed,
    greenFromGreen: mixed,
    greenFromBlue: mixed,
    greenConstant: percent,
    blueFromRed: mixed,
    blueFromGreen: mixed,
    blueFromBlue: mixed,
    blueConstant: percent,
  }),
  'auto-levels': fc.record({
    low: fc.oneof(fc.constantFrom(0, 0.5, 50), within(0, 50)),
    high: fc.oneof(fc.constantFrom(0, 0.5, 50), within(0, 50)),
    by: fc.constantFrom('channel', 'luma'),
  }),
  'equalize-histogram': fc.record({ by: fc.constantFrom('luma', 'channel') }),
  normalize: fc.record({ darkest: level, brightest: level }),
  'gray-world': none,
  otsu: fc.record({ type: fc.constantFrom('binary', 'binary-inverse') }),
  'k-means': fc.record({ k: fc.integer({ min: 2, max: 32 }), iterations: fc.integer({ min: 1, max: 3 }) }),
  statistics: none,
  'connected-components': fc.record({
    level: fc.oneof(fc.constantFrom(0, 127, 200), fc.integer({ min: 0, max: 254 })),
    objects: fc.constantFrom('bright', 'dark'),
    connectivity: fc.constantFrom(4, 8),
    least: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 40 })),
  }),
  'gaussian-blur': fc.record({
    ksize: odd(61),
    sigma: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 50, noNaN: true })),
  }),
  median: fc.record({ ksize: fc.constantFrom(3, 5, 7) }),
  dilate: fc.record(element),
  erode: fc.record(element),
  morphology: fc.record({ kind: fc.constantFrom('open', 'close', 'gradient', 'top-hat', 'black-hat'), ...element }),
  'box-blur': fc.record({ ksize: odd(101) }),
  'motion-blur': fc.record({ length: fc.integer({ min: 1, max: 41 }), angle: within(-180, 180) }),
  bilateral: fc.record({
    ksize: odd(9).filter((side) => side > 1),
    sigmaColour: within(1, 255),
    sigmaSpace: within(0.1, 50),
  }),
  'non-local-means': fc.record({
    strength: fc.oneof(fc.constant(0), within(0, 100)),
    template: fc.constantFrom(3, 5),
    search: fc.constantFrom(5, 7),
  }),
  'rank-filter': fc.record({ ksize: odd(15), percentile: within(0, 100) }),
  'unsharp-mask': fc.record({ sigma: within(0.5, 10), amount: within(0, 500), threshold: level }),
  'high-pass': fc.record({ sigma: within(0.5, 10) }),
  emboss: fc.record({ light: fc.constantFrom(0, 45, 90, 135, 180, 225, 270, 315), strength: within(0.1, 5) }),
  filter2d: fc.record({
    kernel: fc
      .tuple(odd(7), odd(7))
      .chain(([width, height]) =>
        fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: width, maxLength: width }), {
          minLength: height,
          maxLength: height,
        }),
      )
      .map((rows) => rows.map((row) => row.join(' ')).join(' / ')),
    divisor: fc.oneof(fc.constant(0), within(0.1, 100)),
    offset: within(-255, 255),
  }),
  sobel: fc.record({ direction, aperture: fc.constantFrom(3, 5, 7), scale: within(0.001, 10) }),
  scharr: fc.record({ direction, scale: within(0.001, 10) }),
  prewitt: fc.record({ direction, scale: within(0.001, 10) }),
  laplacian: fc.record({ aperture: fc.constantFrom(1, 3, 5, 7), scale: within(0.001, 10) }),
  'overlay-edges': fc.record({
    low: within(0, 600),
    high: within(0, 1000),
    aperture: fc.constantFrom(3, 5, 7),
    blur: odd(21),
    colour,
    brightness: share,
  }),
  'adaptive-threshold': fc.record({
    method: fc.constantFrom('mean', 'gaussian'),
    block: odd(61).filter((side) => side > 1),
    constant: within(-255, 255),
    type: fc.constantFrom('binary', 'binary-inverse'),
  }),
  'flood-fill': fc.record({
    points: fc
      .array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 })), {
        minLength: 1,
        maxLength: 3,
      })
      .map((points) => points.map((point) => point.join(' ')).join(' / ')),
    like: fc.constantFrom('point', 'neighbour'),
    tolerance: fc.constantFrom(0, 20, 70, 130, 255),
    connectivity: fc.constantFrom(4, 8),
    colour: fc.constantFrom('#ff2d55', '#000000'),
  }),
  pixelate: fc.record({ size: fc.integer({ min: 1, max: 128 }) }),
  blend: fc.record({
    image,
    mode: fc.constantFrom(
      'normal',
      'multiply',
      'screen',
      'overlay',
      'darken',
      'lighten',
      'difference',
      'add',
      'subtract',
    ),
    opacity: share,
    fit,
    position,
  }),
  mask: fc.record({
    image,
    source: fc.constantFrom('luma', 'alpha'),
    rest: fc.constantFrom('transparent', 'black'),
    invert: fc.boolean(),
    fit,
    position,
  }),
  watermark: fc.record({ image, width: fc.oneof(fc.constantFrom(0, 100), within(0, 100)), opacity: share, ...mark }),
  crop: fc.record({ x: offset, y: offset, width: extent, height: extent }),
  trim: fc.record({
    threshold: fc.oneof(fc.constantFrom(0, 10), fc.integer({ min: 0, max: 255 })),
    background: fc.constantFrom('corner', 'colour'),
    colour,
  }),
  flip: none,
  flop: none,
  // Fixtures make noise of the size that the text tells.
  'watermark-text': fc.record({
    text: image,
    size: within(0.5, 50),
    colour,
    opacity: share,
    angle: fc.integer({ min: -180, max: 180 }),
    ...mark,
  }),
  pad: fc.record({
    ...{ left: added, right: added, top: added, bottom: added },
    border: fc.constantFrom('constant', 'replicate', 'reflect'),
    ...ground,
  }),
  rotate: fc.record({
    angle: fc.oneof(fc.constantFrom(-90, 0, 90, 180, 270), within(-360, 360)),
    canvas: fc.constantFrom('grown', 'same'),
    interpolation,
    ...ground,
  }),
  resize: fc.record({
    ...{ width: fc.integer({ min: 1, max: 90 }), height: fc.nat(90) },
    percent: fc.oneof(fc.constant(0), within(1, 250)),
    fit: fc.constantFrom('inside', 'outside', 'fill', 'cover', 'contain'),
    enlarge: fc.boolean(),
    kernel: fc.constantFrom('nearest', 'area', 'linear', 'cubic', 'mitchell', 'lanczos2', 'lanczos'),
    ...ground,
  }),
  affine: fc.record({
    ...{
      xx: within(-3, 3),
      xy: within(-3, 3),
      x: within(-50, 50),
      yx: within(-3, 3),
      yy: within(-3, 3),
      y: within(-50, 50),
    },
    interpolation,
    ...ground,
  }),
  perspective: fc.record({
    ...{ topLeftX: corner, topLeftY: corner, topRightX: corner, topRightY: corner },
    ...{ bottomRightX: corner, bottomRightY: corner, bottomLeftX: corner, bottomLeftY: corner },
    interpolation,
    ...ground,
  }),
  vignette: fc.record({ amount: within(0, 100), radius: within(0, 99) }),
  canny: fc.record({
    low: fc.oneof(fc.constantFrom(0, 100), fc.double({ min: 0, max: 1500, noNaN: true })),
    high: fc.oneof(fc.constantFrom(200), fc.double({ min: 0, max: 3000, noNaN: true })),
    aperture: fc.constantFrom(3, 5, 7),
    l2: fc.boolean(),
  }),
  'canny-otsu': fc.record({ aperture: fc.constantFrom(3, 5, 7), l2: fc.boolean() }),
};
