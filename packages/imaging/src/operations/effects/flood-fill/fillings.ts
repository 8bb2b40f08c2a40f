import { AppError } from '@tessera/runtime/app-error';
import type { OperationParams, Region, Size } from '@tessera/contracts';
import { findRoot } from '../../../components/union-find.ts';
import { colourChannels, type Raster, type Window } from '../../../raster.ts';
import { grow } from '../../../region.ts';
import { pixelsOf } from '../../distribution/histogram.ts';
import { likeColour, likeNeighbours, linkPixels, OUTSIDE, type Colour, type Links } from './link-pixels.ts';
import { seedPixels, type Pixel } from './seed-pixels.ts';
import { labelShared, type SharedSides } from './shared-sides.ts';

type Params = OperationParams<'flood-fill'>;

/** What is filled from some points, over links that they have in common. */
export interface Filling {
  readonly seeds: readonly Pixel[];
  links(raster: Raster): Links;
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
  if (params.like === 'neighbour') return [{ seeds, links: (raster) => likeNeighbours(raster, tolerance) }];
  if (seeds.length !== colours.length) throw new AppError('STORE_CORRUPT', { details: { what: 'flood-fill colours' } });
  const groups = new Map<string, { readonly colour: Colour; readonly seeds: Pixel[] }>();
  for (const [n, colour] of colours.entries()) {
    const group = groups.get(colour.join()) ?? { colour, seeds: [] };
    group.seeds.push(seeds[n]!);
    groups.set(colour.join(), group);
  }
  return [...groups.values()].map((group) => ({
    seeds: group.seeds,
    links: (raster) => likeColour(raster, group.colour, tolerance),
  }));
}

/** The colours of those points that lie in a region, by their place in the list. */
export function coloursIn(input: Window, region: Region, seeds: readonly Pixel[]): Map<number, Colour> {
  const { width, channels, data } = input.raster;
  const colours = new Map<number, Colour>();
  for (const [n, { x, y }] of seeds.entries()) {
    if (x < region.x || x >= region.x + region.width || y < region.y || y >= region.y + region.height) continue;
    const at = ((y - input.y) * width + x - input.x) * channels;
    colours.set(n, [...data.subarray(at, at + colourChannels(channels))]);
  }
  return colours;
}

/** A region and one pixel around it, with its components. */
export interface Linked extends SharedSides {
  readonly held: Region;
  readonly parents: Int32Array;
  /** Root pixels of the components in which the filling begins here. */
  readonly begun: ReadonlySet<number>;
}

/** Finds the components of a filling in a region. */
export function linkRegion(input: Window, region: Region, picture: Size, filling: Filling, params: Params): Linked {
  const held = grow(region, 1, picture);
  const raster = pixelsOf(input, held);
  const parents = linkPixels(raster, filling.links(raster), params.connectivity);
  const begun = new Set<number>();
  for (const { x, y } of filling.seeds) {
    const [column, row] = [x - held.x, y - held.y];
    if (column < 0 || column >= held.width || row < 0 || row >= held.height) continue;
    const pixel = row * held.width + column;
    if (parents[pixel] !== OUTSIDE) begun.add(findRoot(parents, pixel));
  }
  return { held, parents, begun, ...labelShared(parents, held, region, picture) };
}
