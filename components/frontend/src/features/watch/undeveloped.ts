import { SURFACES } from '../../theme/surface.ts';
import type { Scheme } from '../../theme/state-color.ts';
import type { PictureView } from './region-painter.ts';

/** How much of the surround lies over a region that waits. */
const DIM = 0.45;

/**
 * Draws a picture dimmed and without colour, as it is seen on a canvas of this size.
 *
 * @param size of the whole picture in its own pixels; `image` may be a smaller one of it.
 */
export function drawUndeveloped(
  image: HTMLImageElement,
  canvas: { readonly width: number; readonly height: number },
  { x, y, scale }: PictureView,
  look: { readonly width: number; readonly height: number; readonly scheme: Scheme },
): HTMLCanvasElement {
  const drawn = document.createElement('canvas');
  drawn.width = canvas.width;
  drawn.height = canvas.height;
  const context = drawn.getContext('2d');
  if (!context) return drawn;
  const surround = SURFACES.surround[look.scheme];
  context.fillStyle = surround;
  context.fillRect(0, 0, drawn.width, drawn.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, -x * scale, -y * scale, look.width * scale, look.height * scale);
  context.globalCompositeOperation = 'saturation';
  context.fillStyle = '#808080';
  context.fillRect(0, 0, drawn.width, drawn.height);
  context.globalCompositeOperation = 'source-over';
  context.globalAlpha = DIM;
  context.fillStyle = surround;
  context.fillRect(0, 0, drawn.width, drawn.height);
  return drawn;
}
