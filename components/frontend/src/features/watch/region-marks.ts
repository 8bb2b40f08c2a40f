import { contrastRatio } from '../../theme/color-distance.ts';
import type { Box } from './region-painter.ts';

/** Canvas pixels from which on a region has the full edge; smaller ones have a thin one. */
const WIDE = 14;

/** Black or white, whichever can be read on a colour. */
function readableOn(color: string): string {
  return contrastRatio(color, '#ffffff') >= 4.5 ? '#ffffff' : '#000000';
}

/** An edge that holds on any picture: white and black under its colour. */
export function drawEdge(
  context: CanvasRenderingContext2D,
  box: Box,
  color: string,
  line: 'solid' | 'dotted' | 'moving',
  shift = 0,
): void {
  const small = Math.min(box.width, box.height) < WIDE;
  const thick = small ? 1.5 : 3;
  const inset = small ? 1 : 2.5;
  const dash = { solid: [], dotted: small ? [2, 2] : [3, 5], moving: [10, 6] }[line];
  const strokes: (readonly [string, number, number[]])[] = [
    ['rgb(0 0 0 / 70%)', thick + 2, []],
    ['#ffffff', thick + (small ? 0 : 0.5), []],
    [color, thick, dash],
  ];
  for (const [style, width, pattern] of small ? strokes.slice(1) : strokes) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.setLineDash(pattern);
    context.lineDashOffset = -shift;
    context.strokeRect(
      box.x + inset,
      box.y + inset,
      Math.max(0.5, box.width - 2 * inset),
      Math.max(0.5, box.height - 2 * inset),
    );
  }
  context.setLineDash([]);
}

/** Says that another machine took a region over. */
export const TAKEN_GLYPH = '⇄';
/** Canvas pixels from which on a region that was taken over has the glyph; smaller ones have a corner of this share. */
const TAKEN_ROOM = 48;
const CORNER = 0.45;

/** Marks the first corner of a region that another machine took over, in black and white, for colours tell its state. */
export function drawTaken(context: CanvasRenderingContext2D, { x, y, width, height }: Box): void {
  const least = Math.min(width, height);
  if (least < TAKEN_ROOM) {
    const side = Math.max(2, least * CORNER);
    for (const [color, size] of [
      ['#ffffff', side + 1.5],
      ['#000000', side],
    ] as const) {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + size, y);
      context.lineTo(x, y + size);
      context.fillStyle = color;
      context.fill();
    }
    return;
  }
  const side = Math.min(22, Math.max(14, least * 0.25));
  const at = 5;
  context.fillStyle = '#ffffff';
  context.fillRect(x + at - 1.5, y + at - 1.5, side + 3, side + 3);
  context.fillStyle = '#000000';
  context.fillRect(x + at, y + at, side, side);
  context.font = `700 ${Math.round(side * 0.8)}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = '#ffffff';
  context.fillText(TAKEN_GLYPH, x + at + side / 2, y + at + side / 2 + 0.5);
}

/** Words in the middle of a region; on a disc of a colour, ringed so that it holds on any picture. */
export function drawDisc(
  context: CanvasRenderingContext2D,
  box: Box,
  text: string,
  color: string,
  disc: boolean,
): void {
  const radius = Math.min(16, Math.max(10, Math.min(box.width, box.height) * 0.2));
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const words = disc ? readableOn(color) : '#ffffff';
  if (disc) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = color;
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = words;
    context.stroke();
  }
  context.font = `700 ${Math.round(radius * 1.25)}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  if (!disc) {
    context.lineWidth = 3;
    context.strokeStyle = 'rgb(0 0 0 / 60%)';
    context.strokeText(text, x, y + 0.5);
  }
  context.fillStyle = words;
  context.fillText(text, x, y + 0.5);
}
