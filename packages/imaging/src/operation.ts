import type { Depth, Grid, OperationName, OperationParams, Region, ReportOf, Size } from '@tessera/contracts';
import type { OtherSource } from './pass/other-pictures.ts';
import type { OtherWish } from './pass/other-wish.ts';
import type { Raster, Samples, Window } from './raster.ts';

/**
 * What all operations tell. `S` are the samples that one computes with: those of 8 bits, unless it says `Samples`. What it
 * gives has the depth of what it is given.
 */
interface Common<Op extends OperationName, S extends Samples> {
  readonly op: Op;
  /** Depths that it computes in; absent: 8 bits only. What it is given is of one of these, by the plan's check. */
  readonly depths?: Uint16Array extends S ? readonly Depth[] : readonly [8];
  /** Channels of the result for a raster of `input` channels (1–4). */
  channels(input: number, params: OperationParams<Op>): number;
}

/** Each pixel of the result depends on the same pixel of the input only. */
export interface PointOperation<
  Op extends OperationName = OperationName,
  S extends Samples = Uint8Array,
> extends Common<Op, S> {
  readonly kind: 'point';
  apply(input: Raster<S>, params: OperationParams<Op>): Raster<S>;
}

/** Each pixel of the result depends on the input pixels at most `halo` away in x and in y. */
export interface NeighbourhoodOperation<
  Op extends OperationName = OperationName,
  S extends Samples = Uint8Array,
> extends Common<Op, S> {
  readonly kind: 'neighbourhood';
  halo(params: OperationParams<Op>): number;
  /**
   * Computes `region`. The input holds at least the region grown by the halo and cut at the picture's edges; what lies
   * beyond those edges is made up by the operation's border rule.
   */
  apply(input: Window<S>, region: Region, picture: Size, params: OperationParams<Op>): Raster<S>;
}

/** Most rounds that an operation may look at the picture in. */
export const MAX_ROUNDS = 32;

/**
 * The result depends on the whole picture: every region is observed, the partials are merged in index order, and the
 * state they make is applied to every region. Partials and state are bytes of the operation's own layout.
 *
 * An operation may look several times: in each round it is observed and merged again, knowing the state of the round
 * before (`before`; undefined in the first round). It makes all of its `rounds`, unless a state is settled before.
 */
export interface GlobalOperation<
  Op extends OperationName = OperationName,
  S extends Samples = Uint8Array,
> extends Common<Op, S> {
  readonly kind: 'global';
  halo(params: OperationParams<Op>): number;
  /** Rounds at most, 1 to `MAX_ROUNDS`; absent: one. */
  rounds?(params: OperationParams<Op>): number;
  /** Whether a further round would change nothing: this is the state that is applied. */
  settled?(state: Uint8Array): boolean;
  observe(
    input: Window<S>,
    region: Region,
    picture: Size,
    params: OperationParams<Op>,
    before: Uint8Array | undefined,
  ): Uint8Array;
  /** `partials[i]` is that of cell `i` of the grid. */
  merge(
    partials: readonly Uint8Array[],
    grid: Grid,
    picture: Size,
    params: OperationParams<Op>,
    before: Uint8Array | undefined,
  ): Uint8Array;
  /** Its state tells how often colours occur, and nothing of where: a smaller copy of the picture makes nearly the same. */
  readonly counts?: true;
  /** The part of the picture that is kept, where the rest is cut off; absent: all of it. */
  box?(state: Uint8Array, picture: Size): Region;
  /** Parameters that mean for a part of the picture, taken for the whole, what these mean there; absent: the same. */
  within?(params: OperationParams<Op>, part: Region, picture: Size): OperationParams<Op>;
  /** What it found out besides pixels, with a schema in the contracts; absent: nothing. */
  report?(state: Uint8Array, picture: Size, params: OperationParams<Op>): ReportOf<Op>;
  /** Computes `region`, which is cell `index` of the grid. */
  apply(
    input: Window<S>,
    region: Region,
    index: number,
    state: Uint8Array,
    picture: Size,
    params: OperationParams<Op>,
  ): Raster<S>;
}

/**
 * The result is another picture, of another size maybe: each of its pixels is made of pixels elsewhere. Regions are those
 * of the result; whatever decides of pixels is computed from their places in it, so that regions agree bit for bit.
 */
export interface GeometryOperation<
  Op extends OperationName = OperationName,
  S extends Samples = Uint8Array,
> extends Common<Op, S> {
  readonly kind: 'geometry';
  /** Size of the result. @throws AppError INVALID_PIPELINE where nothing would be left of the picture. */
  size(params: OperationParams<Op>, picture: Size): Size;
  /** What a region of the result is made of: within the picture, at least one pixel. */
  needs(params: OperationParams<Op>, region: Region, picture: Size): Region;
  /** Computes `region` of the result. The input holds at least what it needs of the picture. */
  apply(input: Window<S>, region: Region, picture: Size, params: OperationParams<Op>): Raster<S>;
}

/** Each pixel of the result depends on the same pixel of the input, and on pixels of another picture. */
export interface CombineOperation<
  Op extends OperationName = OperationName,
  S extends Samples = Uint8Array,
> extends Common<Op, S> {
  readonly kind: 'combine';
  /** The other picture that is wanted where the one that goes in has that size. */
  wish(params: OperationParams<Op>, picture: Size): OtherWish;
  /** The region of the other picture that `region` is made of; undefined: none. */
  second(params: OperationParams<Op>, region: Region, picture: Size, other: Size): Region | undefined;
  /** Computes `region`, of which `input` holds exactly the pixels. Within what is needed the other picture may be read. */
  apply(input: Raster<S>, other: OtherSource<S>, region: Region, picture: Size, params: OperationParams<Op>): Raster<S>;
}

export type Operation<Op extends OperationName = OperationName, S extends Samples = Uint8Array> =
  | PointOperation<Op, S>
  | NeighbourhoodOperation<Op, S>
  | GlobalOperation<Op, S>
  | GeometryOperation<Op, S>
  | CombineOperation<Op, S>;
