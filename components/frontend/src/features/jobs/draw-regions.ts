import { contrastRatio } from '../../theme/color-distance.ts';
import { STATE_LOOKS, type Scheme } from '../../theme/state-color.ts';
import { SURFACES } from '../../theme/surface.ts';
import type { RegionCell } from './region-cells.ts';

interface Look {
  /** Canvas units per pixel of the picture. */
  readonly scaleX: number;
  readonly scaleY: number;
  readonly scheme: Scheme;
  /** Where the moving edge of running regions stands, in canvas units. */
  readonly shift: number;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Ink {
  readonly fill: string;
  readonly words: string;
}

/** How much of an untouched region is covered: the picture shows through dimly. */
const COVER = 0.72;
/** Regions narrower than this get no glyph, in canvas units. */
const GLYPH_ROOM = 24;
const HATCH_GAP = 7;

/** Black or white, whichever can be read on a colour. */
function readableOn(color: string): string {
  return contrastRatio(color, '#ffffff') >= 4.5 ? '#ffffff' : '#000000';
}

function boxOf({ region }: RegionCell, { scaleX, scaleY }: Look): Box {
  return { x: region.x * scaleX, y: region.y * scaleY, width: region.width * scaleX, height: region.height * scaleY };
}

function hatch(context: CanvasRenderingContext2D, box: Box, color: string, crossed: boolean): void {
  const { x, y, width, height } = box;
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.beginPath();
  // Lines stand where the whole picture's hatch has them, so that they run on from one region to the next.
  const first = Math.floor((x + y) / HATCH_GAP) * HATCH_GAP;
  for (let at = first; at < x + y + width + height; at += HATCH_GAP) {
    context.moveTo(at - y, y);
    context.lineTo(at - y - height, y + height);
  }
  if (crossed) {
    const start = Math.floor((x - y - height) / HATCH_GAP) * HATCH_GAP;
    for (let at = start; at < x + width - y; at += HATCH_GAP) {
      context.moveTo(at + y, y);
      context.lineTo(at + y + height, y + height);
    }
  }
  context.strokeStyle = color;
  context.lineWidth = crossed ? 1.5 : 1;
  context.stroke();
  context.restore();
}

/** An edge that holds on any picture: white and black under the colour of the state. */
function edge(context: CanvasRenderingContext2D, box: Box, color: string, dash: number[], shift: number): void {
  const { x, y, width, height } = box;
  const inset = Math.min(2, width / 2, height / 2);
  const strokes: [string, number, number[]][] = [
    ['rgb(0 0 0 / 55%)', 4, []],
    ['#ffffff', 3, []],
    [color, 2.5, dash],
  ];
  for (const [style, line, pattern] of strokes) {
    context.strokeStyle = style;
    context.lineWidth = line;
    context.setLineDash(pattern);
    context.lineDashOffset = -shift;
    context.strokeRect(x + inset, y + inset, Math.max(0, width - 2 * inset), Math.max(0, height - 2 * inset));
  }
  context.setLineDash([]);
}

/** A glyph on a disc of its state's colour, ringed so that it holds on any picture. */
function glyph(context: CanvasRenderingContext2D, { x, y, width, height }: Box, text: string, look: Ink): void {
  if (width < GLYPH_ROOM || height < GLYPH_ROOM) return;
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  context.beginPath();
  context.arc(middleX, middleY, 10, 0, 2 * Math.PI);
  context.fillStyle = look.fill;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = look.words;
  context.stroke();
  context.font = '700 13px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = look.words;
  context.fillText(text, middleX, middleY + 0.5);
}

/** Draws every region; done ones are left clear, for the picture itself says it. */
export function drawRegions(context: CanvasRenderingContext2D, cells: readonly RegionCell[], look: Look): void {
  const cover = SURFACES.surround[look.scheme];
  for (const cell of cells) {
    if (cell.state === 'done') continue;
    const box = boxOf(cell, look);
    context.globalAlpha = COVER * (1 - cell.developed);
    context.fillStyle = cover;
    context.fillRect(box.x, box.y, box.width, box.height);
    context.globalAlpha = 1;
    if (cell.state === 'waiting')
      hatch(context, box, look.scheme === 'dark' ? 'rgb(255 255 255 / 9%)' : 'rgb(0 0 0 / 9%)', false);
    if (cell.state === 'failed') hatch(context, box, STATE_LOOKS.failed.fill[look.scheme], true);
  }
  // Edges last, so that no neighbour covers them.
  for (const cell of cells) {
    const { glyph: text, fill } = STATE_LOOKS[cell.state];
    const color = fill[look.scheme];
    if (cell.state === 'running') edge(context, boxOf(cell, look), color, [9, 5], look.shift);
    if (cell.state === 'retrying') edge(context, boxOf(cell, look), color, [2, 4], look.shift);
    if (cell.state === 'failed') edge(context, boxOf(cell, look), color, [], 0);
    if (cell.state !== 'retrying' && cell.state !== 'failed') continue;
    glyph(context, boxOf(cell, look), text, { fill: color, words: readableOn(color) });
  }
}
