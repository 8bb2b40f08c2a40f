import type { ColourBy } from '../../app/job-search.ts';
import type { MachineLook } from '../../theme/machine-color.ts';
import { STATE_LOOKS, type Scheme } from '../../theme/state-color.ts';
import { SURFACES } from '../../theme/surface.ts';
import { timeColor } from '../../theme/time-scale.ts';
import type { RegionCell } from '../jobs/region-cell.ts';
import { drawDisc, drawEdge, drawTaken } from './region-marks.ts';
import { StripePatterns } from './stripe-patterns.ts';

/** Canvas pixels from which on a region has a glyph or a letter, and from which on it is hatched. */
const GLYPH_ROOM = 24;
const HATCH_ROOM = 6;
/** How much of the colour of a machine or a time lies over the picture. */
const TINT = 0.55;

/** Which part of the picture is seen: pixels of the picture at the canvas' corner, and canvas pixels per pixel of it. */
export interface PictureView {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface PaintLook {
  readonly view: PictureView;
  readonly scheme: Scheme;
  readonly by: ColourBy;
  readonly machine: (executor: string) => MachineLook;
  /** Milliseconds of the fastest and the slowest region. */
  readonly times: readonly [number, number];
  /** The picture without colour, as large as the canvas and as it is seen: what lies over regions that are not done. */
  readonly undeveloped: CanvasImageSource | undefined;
  /** Whether there is no picture that finished regions could show: they are told by their colour. */
  readonly bare: boolean;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a region lies on the canvas; neighbours share their edges whatever the scale. */
export function boxOf({ region }: Pick<RegionCell, 'region'>, { x, y, scale }: PictureView): Box {
  const left = Math.round((region.x - x) * scale);
  const top = Math.round((region.y - y) * scale);
  const right = Math.round((region.x + region.width - x) * scale);
  const bottom = Math.round((region.y + region.height - y) * scale);
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** Paints what regions look like while nothing moves; of a new state only those that look different. */
export class RegionPainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #patterns: StripePatterns;
  #painted: RegionCell[] = [];
  #look: PaintLook | undefined;

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
    this.#patterns = new StripePatterns(context);
  }

  /** Gives the number of regions that were painted. */
  paint(cells: readonly RegionCell[], look: PaintLook): number {
    const anew = this.#look !== look;
    this.#look = look;
    const { canvas } = this.#context;
    if (anew) {
      this.#context.clearRect(0, 0, canvas.width, canvas.height);
      this.#painted = [];
      this.#paintWaiting(cells, look);
    }
    let count = 0;
    for (const cell of cells) {
      const before = this.#painted[cell.index];
      if (before === cell) continue;
      this.#painted[cell.index] = cell;
      if (before && looksSame(before, cell, look)) continue;
      const box = boxOf(cell, look.view);
      if (box.x > canvas.width || box.y > canvas.height || box.x + box.width < 0 || box.y + box.height < 0) continue;
      if (before) this.#context.clearRect(box.x, box.y, box.width, box.height);
      this.#paint(cell, box, look);
      count += 1;
    }
    return count;
  }

  /** Regions that wait side by side and are too small for a glyph look like one: ten thousand are a hundred rows. */
  #paintWaiting(cells: readonly RegionCell[], look: PaintLook): void {
    let row: Box | undefined;
    const finish = (): void => {
      if (row) this.#cover(WAITING, row, look);
      row = undefined;
    };
    for (const cell of cells) {
      const box = boxOf(cell, look.view);
      const least = Math.min(box.width, box.height);
      if (!isUntouched(cell) || least < HATCH_ROOM || least >= GLYPH_ROOM) continue;
      this.#painted[cell.index] = cell;
      if (row?.y === box.y && row.height === box.height && row.x + row.width === box.x) {
        row = { ...row, width: row.width + box.width };
      } else {
        finish();
        row = box;
      }
    }
    finish();
  }

  #paint(cell: RegionCell, box: Box, look: PaintLook): void {
    const { state } = cell;
    if (state !== 'done') this.#cover(cell, box, look);
    if (look.by === 'machine') this.#machine(cell, box, look);
    else if (look.by === 'time') this.#time(cell, box, look);
    else this.#state(cell, box, look);
    if (cell.takenFrom !== null) drawTaken(this.#context, box);
  }

  /** What is not done: the picture dimmed and without colour, less so with each stage that is done with it. */
  #cover(
    { developed, state }: Pick<RegionCell, 'developed' | 'state'>,
    box: Box,
    { undeveloped, scheme }: PaintLook,
  ): void {
    const context = this.#context;
    context.globalAlpha = state === 'running' ? 0.8 * (1 - developed) : 1 - developed;
    const { x, y, width, height } = box;
    if (undeveloped) {
      const [left, top] = [Math.max(0, x), Math.max(0, y)];
      const [wide, high] = [
        Math.min(context.canvas.width, x + width) - left,
        Math.min(context.canvas.height, y + height) - top,
      ];
      if (wide > 0 && high > 0) context.drawImage(undeveloped, left, top, wide, high, left, top, wide, high);
    } else {
      context.fillStyle = SURFACES.surround[scheme];
      context.fillRect(x, y, width, height);
    }
    context.globalAlpha = 1;
    if (state !== 'waiting' || Math.min(width, height) < HATCH_ROOM) return;
    this.#fill(box, this.#patterns.of(scheme === 'dark' ? 'rgb(255 255 255 / 22%)' : 'rgb(0 0 0 / 26%)', 45));
  }

  #state({ state }: RegionCell, box: Box, { scheme, bare }: PaintLook): void {
    const { fill, glyph } = STATE_LOOKS[state];
    const color = fill[scheme];
    if (state === 'done' && !bare) return;
    if (state === 'done') this.#tint(box, color);
    if (state === 'failed') this.#fill(box, this.#patterns.of(color, 45, { width: 2, crossed: true }));
    if (state !== 'waiting') drawEdge(this.#context, box, color, state === 'retrying' ? 'dotted' : 'solid');
    if (Math.min(box.width, box.height) >= GLYPH_ROOM) drawDisc(this.#context, box, glyph, color, state !== 'waiting');
  }

  #machine(cell: RegionCell, box: Box, { machine, scheme }: PaintLook): void {
    if (cell.executor === null || cell.state === 'waiting') return;
    const { hue, letter, stripes } = machine(cell.executor);
    this.#tint(box, hue);
    if (stripes !== 0) this.#fill(box, this.#patterns.of('rgb(0 0 0 / 45%)', stripes, { width: 2 }));
    if (cell.state !== 'done') this.#edgeOf(cell, box, scheme);
    if (Math.min(box.width, box.height) >= GLYPH_ROOM) drawDisc(this.#context, box, letter, hue, true);
  }

  #time(cell: RegionCell, box: Box, { times: [fastest, slowest], scheme }: PaintLook): void {
    if (cell.milliseconds > 0) {
      this.#tint(box, timeColor(slowest > fastest ? (cell.milliseconds - fastest) / (slowest - fastest) : 0.5));
    }
    if (cell.state !== 'done' && cell.state !== 'waiting') this.#edgeOf(cell, box, scheme);
  }

  #edgeOf({ state }: RegionCell, box: Box, scheme: Scheme): void {
    drawEdge(this.#context, box, STATE_LOOKS[state].fill[scheme], state === 'retrying' ? 'dotted' : 'solid');
  }

  #tint(box: Box, color: string): void {
    this.#context.globalAlpha = TINT;
    this.#fill(box, color);
    this.#context.globalAlpha = 1;
  }

  #fill({ x, y, width, height }: Box, style: string | CanvasPattern): void {
    this.#context.fillStyle = style;
    this.#context.fillRect(x, y, width, height);
  }
}

const WAITING = { state: 'waiting', developed: 0 } as const;

const isUntouched = ({ state, developed, takenFrom, milliseconds }: RegionCell): boolean =>
  state === 'waiting' && developed === 0 && takenFrom === null && milliseconds === 0;

function looksSame(a: RegionCell, b: RegionCell, { by }: PaintLook): boolean {
  if (a.state !== b.state || a.developed !== b.developed || a.takenFrom !== b.takenFrom) return false;
  if (by === 'machine') return a.executor === b.executor;
  return by === 'state' || a.milliseconds === b.milliseconds;
}
