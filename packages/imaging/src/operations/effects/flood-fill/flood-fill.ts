import { AppError } from '@tessera/runtime/app-error';
import { formatPoints, parsePoints, type Grid, type OperationParams, type Region, type Size } from '@tessera/contracts';
import { bitAt, bitBytes, packBits } from '../../../components/bits.ts';
import { findRoot } from '../../../components/union-find.ts';
import { ByteReader, pushVarint } from '../../../components/varint.ts';
import { crop } from '../../../crop.ts';
import type { GlobalOperation } from '../../../operation.ts';
import { isDeep, type Raster, type Samples, type Window } from '../../../raster.ts';
import { grow } from '../../../region.ts';
import { colourfulChannels, withColours } from '../../colour-matrix.ts';
import { withDeepColours } from '../../deep/deep-colour-matrix.ts';
import { PER_LEVEL } from '../../deep/deep-raster.ts';
import { BOTH_DEPTHS } from '../../deep/in-both-depths.ts';
import { hexColour } from '../../hex-colour.ts';
import { coloursOf, encodeFillState, filledOf } from './fill-state.ts';
import { coloursIn, fillingsOf, reachShared, seedsIn } from './fillings.ts';
import { joinShared } from './join-shared.ts';
import type { Colour } from './links.ts';
import { pushObserved, readObserved } from './partial.ts';
import { seedPixels } from './seed-pixels.ts';

type Params = OperationParams<'flood-fill'>;
const PARTIAL = 'flood-fill partial';

/**
 * Fills what can be reached from points over pixels that are like the point, or like the neighbour: the pixels of OpenCV's
 * `floodFill` with and without a fixed range, with equal tolerances up and down, so that what leads there leads back, too.
 * Hence what is filled is a connected component, and joining labels once does what going on from region to region until
 * nothing changes would do. Fillings that begin at several points do not see each other. Alpha stays.
 *
 * The first round learns the colours of the points, where these are what counts; the other one labels, as canny does. Each
 * region looks at one pixel around it, so that it knows which pixels are linked over its borders.
 */
export const floodFill: GlobalOperation<'flood-fill', Samples> = {
  op: 'flood-fill',
  depths: BOTH_DEPTHS,
  kind: 'global',
  channels: colourfulChannels,
  halo: () => 1,
  rounds: ({ like }) => (like === 'point' ? 2 : 1),
  observe: (input, region, picture, params, before) =>
    learns(params, before)
      ? observeColours(input, region, picture, params)
      : observe(input, region, picture, params, before),
  merge: (partials, grid, picture, params, before) =>
    learns(params, before)
      ? mergeColours(partials, seedPixels(params.points, picture).length)
      : merge(partials, grid, picture, params, before),
  apply,
  within: (params, part, picture) => ({ ...params, points: pointsWithin(params.points, part, picture) }),
};

/** Whether this is the round that learns colours. */
function learns({ like }: Params, before: Uint8Array | undefined): boolean {
  return like === 'point' && before === undefined;
}

/** Layout: for each point in the region its place in the list, and its levels. All as varints, the number of levels first. */
function observeColours(input: Window<Samples>, region: Region, picture: Size, { points }: Params): Uint8Array {
  const bytes: number[] = [];
  for (const [n, colour] of coloursIn(input, region, seedPixels(points, picture))) {
    for (const value of [n, colour.length, ...colour]) pushVarint(bytes, value);
  }
  return Uint8Array.from(bytes);
}

function mergeColours(partials: readonly Uint8Array[], points: number): Uint8Array {
  const colours = Array.from({ length: points }, (): Colour => []);
  for (const partial of partials) {
    const reader = new ByteReader(partial, PARTIAL);
    while (!reader.done) {
      const n = reader.varint();
      colours[n] = Array.from({ length: reader.count() }, () => reader.varint());
    }
  }
  if (colours.length !== points || colours.some(({ length }) => length === 0)) throw corrupt('flood-fill colours');
  return encodeFillState({ colours, filled: [] });
}

function observe(
  input: Window<Samples>,
  region: Region,
  picture: Size,
  params: Params,
  before: Uint8Array | undefined,
): Uint8Array {
  const bytes: number[] = [];
  for (const filling of fillingsOf(params, picture, knownColours(before))) {
    const { held, reached, sides, shared } = reachShared(input, region, picture, filling, params);
    const begun = new Uint8Array(shared);
    for (const pixel of seedsIn(held, filling.seeds)) {
      // What begins elsewhere does not leave the region.
      const label = reached.knownLabelOf(pixel);
      if (label > 0) begun[label - 1] = 1;
    }
    pushObserved(bytes, { sides, begun });
  }
  return Uint8Array.from(bytes);
}

function merge(
  partials: readonly Uint8Array[],
  grid: Grid,
  picture: Size,
  params: Params,
  before: Uint8Array | undefined,
): Uint8Array {
  const colours = knownColours(before);
  const readers = partials.map((partial) => new ByteReader(partial, PARTIAL));
  const filled = fillingsOf(params, picture, colours).map(() => {
    const observed = readers.map(readObserved);
    const cells = observed.map(({ sides, begun }) => ({ sides, labels: begun.length }));
    const { offsets, parents } = joinShared(cells, grid, picture);
    const reached = new Uint8Array(parents.length);
    for (const [cell, { begun }] of observed.entries()) {
      for (const [label, flag] of begun.entries()) {
        if (flag !== 0) reached[findRoot(parents, offsets[cell]! + label)] = 1;
      }
    }
    for (let label = 0; label < parents.length; label++) reached[label] = reached[findRoot(parents, label)]!;
    return observed.map((_, cell) => packBits(reached.subarray(offsets[cell], offsets[cell + 1])));
  });
  for (const reader of readers) reader.end();
  return encodeFillState({ colours, filled });
}

function apply(
  input: Window<Samples>,
  region: Region,
  index: number,
  state: Uint8Array,
  picture: Size,
  params: Params,
): Raster<Samples> {
  const pixels = crop(input, region);
  const deep = isDeep(pixels);
  const output = deep ? withDeepColours(pixels) : withColours(pixels as Raster);
  const colour = hexColour(params.colour).map((level) => level * (deep ? PER_LEVEL : 1)) as [number, number, number];
  for (const [n, filling] of fillingsOf(params, picture, knownColours(state)).entries()) {
    const bits = filledOf(state, n, index);
    const seeds = seedsIn(grow(region, 1, picture), filling.seeds);
    if (seeds.length === 0 && bits.every((byte) => byte === 0)) continue;
    const { held, reached, shared } = reachShared(input, region, picture, filling, params);
    if (bits.length !== bitBytes(shared)) throw corrupt('flood-fill state');
    const filled = new Set(seeds.map((pixel) => reached.labelOf(pixel)));
    for (let label = 1; label <= shared; label++) if (bitAt(bits, label - 1)) filled.add(label);
    filled.delete(0);
    for (const label of filled) {
      reached.forEachRun(label, (start, end) => {
        paint(output, region, held, start, end, colour);
      });
    }
  }
  return output;
}

/** Paints a run of the pixels that are held, as far as it lies in the region. */
function paint(
  { data, channels }: Raster<Samples>,
  region: Region,
  held: Region,
  start: number,
  end: number,
  [red, green, blue]: readonly [number, number, number],
): void {
  const row = Math.floor(start / held.width);
  const y = row + held.y - region.y;
  if (y < 0 || y >= region.height) return;
  const shift = held.x - region.x - row * held.width;
  const last = (y * region.width + Math.min(region.width, end + shift)) * channels;
  for (let at = (y * region.width + Math.max(0, start + shift)) * channels; at < last; at += channels) {
    data[at] = red;
    data[at + 1] = green;
    data[at + 2] = blue;
  }
}

const knownColours = (state: Uint8Array | undefined): readonly Colour[] =>
  state === undefined ? [] : coloursOf(state);

/** Points as they lie in a part of the picture; those outside it stay outside. */
function pointsWithin(points: string, part: Region, picture: Size): string {
  const along = (percent: number, length: number, start: number, count: number): number => {
    const pixel = Math.min(length - 1, Math.floor((percent * length) / 100));
    return Math.min(101, Math.max(-1, ((pixel + 0.5 - start) * 100) / count));
  };
  const parsed = parsePoints(points) ?? [];
  return formatPoints(
    parsed.map(({ x, y }) => ({
      x: along(x, picture.width, part.x, part.width),
      y: along(y, picture.height, part.y, part.height),
    })),
  );
}

function corrupt(what: string): AppError {
  return new AppError('STORE_CORRUPT', { details: { what } });
}
