import { hexColour } from '../hex-colour.ts';

/** What is seen where the picture has no pixels. */
export interface BackgroundParams {
  readonly colour: string;
  /** Percent, where there is alpha. */
  readonly opacity: number;
}

/** The pixel of a background in a picture of so many channels; gray is OpenCV's luma of the colour. */
export function backgroundOf({ colour, opacity }: BackgroundParams, channels: number): Uint8Array {
  const [red, green, blue] = hexColour(colour);
  const alpha = Math.round(2.55 * opacity);
  const gray = (4899 * red + 9617 * green + 1868 * blue + 8192) >> 14;
  const pixel = channels < 3 ? [gray, alpha] : [red, green, blue, alpha];
  return Uint8Array.from(pixel.slice(0, channels));
}

/** Fills pixels with a background. */
export function fillBackground(data: Uint8Array, pixel: Uint8Array): void {
  if (pixel.every((level) => level === pixel[0])) data.fill(pixel[0]!);
  else for (let at = 0; at < data.length; at += pixel.length) data.set(pixel, at);
}
