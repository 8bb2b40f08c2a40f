import type { BasicStage, Cells, Output, Pass, Pipeline, Size, Step, Tiles } from '@tessera/contracts';
import { bind, haloOf, roundsOf } from '../pass/halo.ts';
import { sizeAfter } from '../pass/walk.ts';
import { gridCount } from '../region.ts';
import { operationFor } from '../registry.ts';
import { tileLevels } from '../tiles/levels.ts';
import type { Cutting } from './cutting.ts';
import { thumbnailStep } from './thumbnail-step.ts';

/** The pass that is being put together while the pipeline is walked. */
interface OpenPass {
  readonly source: Pass['source'];
  /** Size of the picture that it reads. */
  readonly from: Size;
  readonly before: readonly Step[];
  readonly global?: NonNullable<Pass['global']>;
  readonly after: readonly Step[];
}

/** Rounds from which on it costs less to keep the pixels than to compute them again. */
const MANY_ROUNDS = 4;

const closed = ({ source, before, global, after }: OpenPass): Pass => ({
  source,
  before: [...before],
  ...(global && { global }),
  after: [...after],
});

const isGeometry = ({ op }: Step): boolean => operationFor(op).kind === 'geometry';
const isSame = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

/**
 * Fuses a pipeline into as few walks over the pixels as exactness allows and lists the stages.
 *
 * Neighbouring point, neighbourhood and geometry operations share one pass. A global operation takes an observe and a
 * merge stage for each round; what follows it joins its apply pass as long as it reads each pixel's own place only, else
 * the applied pixels are materialised first, because a region's applied pixels exist only where that region was observed.
 * What is looked at in many rounds is materialised, too, rather than computed in each. Where a geometry operation would
 * make a task hold too much of its source, it is materialised in squares.
 *
 * @param picture the source.
 */
export function stagesOf(
  pipeline: Pipeline,
  picture: Size,
  cutting: Cutting,
  options: { readonly verify: boolean; readonly output: Pick<Output, 'tiles' | 'thumbnails'> },
): readonly BasicStage[] {
  const stages: BasicStage[] = [];
  const add = (stage: BasicStage): number => stages.push(stage) - 1;
  /** Where all cells are those of the plan, a stage has none of its own. */
  const isUsual = (cells: Cells): boolean => isSame(cells.picture, picture) && isSame(cells.grid, cutting.result);
  const own = (cells: Cells) => (isUsual(cells) ? {} : { cells });
  const cellsOf = ({ before, from }: OpenPass): Cells => {
    const { width, height } = sizeAfter(before, from);
    return { picture: { width, height }, grid: cutting.gridFor({ width, height }) };
  };
  const regional = (pass: OpenPass, cells = cellsOf(pass)) => ({
    tasks: gridCount(cells.grid, cells.picture),
    pass: closed(pass),
    ...own(cells),
  });
  const materialized = (pass: OpenPass, cells = cellsOf(pass)): OpenPass => ({
    source: { kind: 'regions', stage: add({ kind: 'materialize', ...regional(pass, cells) }) },
    from: cells.picture,
    before: [],
    after: [],
  });
  /** The pass with its last geometry operation made before it, where its tasks would hold too much. */
  const fitted = (pass: OpenPass): OpenPass => {
    const last = pass.before.findLastIndex(isGeometry);
    if (last < 0 || pass.global || cutting.fits(pass.before, pass.from, cellsOf(pass))) return pass;
    const head = { ...pass, before: pass.before.slice(0, last + 1) };
    const made = materialized(head, cutting.squares(head.before, head.from));
    return { ...made, before: pass.before.slice(last + 1) };
  };

  let pass: OpenPass = { source: { kind: 'image' }, from: picture, before: [], after: [] };
  for (const [place, step] of pipeline.entries()) {
    const { operation } = bind(step);
    const rounds = roundsOf(step);
    if (operation.kind === 'global') {
      pass = fitted(pass);
      if (pass.global || (rounds >= MANY_ROUNDS && pass.before.length > 0)) pass = materialized(pass);
      const cells = own(cellsOf(pass));
      const reported = operation.report ? { place } : {};
      const lastMerge = stages.length + 2 * rounds - 1;
      for (let round = 0; round < rounds; round++) {
        const before = round === 0 ? {} : { mergeBefore: stages.length - 1 };
        const observeStage = add({ kind: 'observe', ...regional(pass), step, ...before });
        const last = rounds === 1 ? {} : { lastMerge };
        add({ kind: 'merge', tasks: 1, observeStage, step, ...before, ...last, ...reported, ...cells });
      }
      pass = { ...pass, global: { step, mergeStage: lastMerge } };
    } else if (!pass.global) {
      pass = { ...pass, before: [...pass.before, step] };
    } else if (haloOf(step) === 0 && !isGeometry(step)) {
      pass = { ...pass, after: [...pass.after, step] };
    } else {
      pass = { ...materialized(pass), before: [step] };
    }
  }
  const tiled = (tiles: Tiles): number => {
    // A region's applied pixels end at its lines: what overlaps them is read back.
    const full = tiles.overlap > 0 && pass.global ? materialized(pass) : fitted(pass);
    const levels = tileLevels(cellsOf(full).picture, tiles);
    const last = levels.length - 1;
    const work = regional(full);
    const first = add({ kind: 'tile', ...work, level: 0, through: work.tasks === 1 ? last : 0 });
    for (let level = 1, before = work.tasks; before > 1 && level <= last; level++) {
      const size = levels[level]!;
      const cells = { picture: size, grid: cutting.levelGrid(size) };
      before = gridCount(cells.grid, size);
      const halved = { source: { kind: 'regions', stage: stages.length - 1 }, before: [], after: [] } as const;
      add({
        kind: 'tile',
        tasks: before,
        pass: closed({ ...halved, from: size }),
        level,
        through: before === 1 ? last : level,
        cells,
      });
    }
    return first;
  };
  /** One file of each size, all made of the same pixels. */
  const thumbnails = (sides: readonly number[]): number => {
    const isSource = pass.before.length === 0 && !pass.global;
    const base =
      sides.length > 1 ? (isSource ? pass : materialized(fitted(pass))) : pass.global ? materialized(pass) : pass;
    const numbers = sides.map((side, file) => {
      const sized = fitted({ ...base, before: [...base.before, thumbnailStep(side)] });
      const { width, height } = sizeAfter(sized.before, sized.from);
      const picture = { width, height };
      return add({ kind: 'render', ...regional(sized, { picture, grid: cutting.resultGrid(picture) }), file });
    });
    return numbers[0] ?? 0;
  };
  const { tiles, thumbnails: sides } = options.output;
  const renderStage = tiles
    ? tiled(tiles)
    : sides
      ? thumbnails(sides)
      : add({ kind: 'render', ...regional(fitted(pass)) });
  const assembleStage = add({ kind: 'assemble', tasks: 1, renderStage });
  if (options.verify) add({ kind: 'verify', tasks: 1, assembleStage });
  return stages;
}
