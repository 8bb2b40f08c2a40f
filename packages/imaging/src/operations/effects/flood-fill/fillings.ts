import { AppError } from '@tessera/runtime/app-error';
import type { OperationParams, Region, Size } from '@tessera/contracts';
import type { Sides } from '../../../components/sides.ts';
import { colourChannels, isDeep, type Raster, type Samples, type Window } from '../../../raster.ts';
import { grow } from '../../../region.ts';
import { pixelsOf } from '../../distribution/histogram.ts';
import { likeDeepColour, likeDeepNeighbours } from '../../deep/deep-links.ts';
import { PER_LEVEL } from '../../deep/deep-raster.ts';
import { likeColour, likeNeighbours, type Colour, type Links } from './links.ts';
import { Reached } from './reached.ts';
import { seedPixels, type Pixel } from './seed-pixels.ts';
import { labelShared } from './shared-sides.ts';

type Params = OperationParams<'flood-fill'>;

/** What is filled from some points, over links that they have in common. */
export interface Filling {
  readonly seeds: readonly Pixel[];
  links(raster: Raster<Samples>): Links;
}

/**
 * The fillings of a step: one where neighbours are compared, else one for each colour that points have.
 *
 * @param colours of the points, in their order.
 * @throws AppError STORE_CORRUPT if there are not as many colours as points.
 */
export function fillingsOf(params: Params, picture: Size, colours: readonly Colour[]): readonly Filling[] {
  const { tolerance } = params;
  const seeds = seedPixels(params.points, picture);
  if (params.like === 'neighbour') return [{ seeds, links: (raster) => linksOf(raster, undefined, tolerance) }];
  if (seeds.length !== colours.length) throw new AppError('STORE_CORRUPT', { details: { what: 'flood-fill colours' } });
  const groups = new Map<string, { readonly colour: Colour; readonly seeds: Pixel[] }>();
  for (const [n, colour] of colours.entries()) {
    const group = groups.get(colour.join()) ?? { colour, seeds: [] };
    group.seeds.push(seeds[n]!);
    groups.set(colour.join(), group);
  }
  return [...groups.values()].map((group) => ({
    seeds: group.seeds,
    links: (raster) => linksOf(raster, group.colour, tolerance),
  }));
}

/**
 * Links by the likeness to a colour, or without one to neighbours. Each depth has loops of its own, see `pointInBoth`.
 *
 * @param tolerance in levels of 8 bits.
 */
function linksOf(raster: Raster<Samples>, colour: Colour | undefined, tolerance: number): Links {
  if (isDeep(raster)) {
    const deep = PER_LEVEL * tolerance;
    return colour ? likeDeepColour(raster, colour, deep) : likeDeepNeighbours(raster, deep);
  }
  const shallow = raster as Raster;
  return colour ? likeColour(shallow, colour, tolerance) : likeNeighbours(shallow, tolerance);
}

/** The colours of those points that lie in a region, by their place in the list. */
export function coloursIn(input: Window<Samples>, region: Region, seeds: readonly Pixel[]): Map<number, Colour> {
  const { width, channels, data } = input.raster;
  const colours = new Map<number, Colour>();
  for (const [n, { x, y }] of seeds.entries()) {
    if (x < region.x || x >= region.x + region.width || y < region.y || y >= region.y + region.height) continue;
    const at = ((y - input.y) * width + x - input.x) * channels;
    colours.set(n, [...data.subarray(at, at + colourChannels(channels))]);
  }
  return colours;
}

/** A region and one pixel around it, with the components that others share. */
export interface SharedRegion {
  readonly held: Region;
  readonly reached: Reached;
  readonly sides: Sides;
  /** How many components are shared: those from 1 on. */
  readonly shared: number;
}

/** Finds the components of a filling that a region shares with others. */
export function reachShared(
  input: Window<Samples>,
  region: Region,
  picture: Size,
  filling: Filling,
  params: Params,
): SharedRegion {
  const held = grow(region, 1, picture);
  const reached = new Reached(held, filling.links(pixelsOf(input, held)), params.connectivity);
  const sides = labelShared(reached, held, region, picture);
  return { held, reached, sides, shared: reached.count };
}

/** The pixels of a region, and of one pixel around it, in which a filling begins. */
export function seedsIn(held: Region, seeds: readonly Pixel[]): readonly number[] {
  return seeds
    .map(({ x, y }) => ({ column: x - held.x, row: y - held.y }))
    .filter(({ column, row }) => column >= 0 && column < held.width && row >= 0 && row < held.height)
    .map(({ column, row }) => row * held.width + column);
}
