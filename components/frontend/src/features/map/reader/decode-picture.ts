import type { DecodeTilePicture } from '@tessera/geo/page';
import { ReadFailure } from './read-failure.ts';

/** Decodes tiles that are JPEG or WebP by the browser's own decoders, without a change of colours. */
export const decodePicture: DecodeTilePicture = async ({ format, bytes, width, height, channels }) => {
  if (format === 'j2k') throw new ReadFailure('unreadable');
  const file = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: `image/${format}` });
  const picture = await createImageBitmap(file, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new ReadFailure('unreadable');
  context.drawImage(picture, 0, 0);
  picture.close();
  const pixels = context.getImageData(0, 0, width, height).data;
  if (channels === 4) return new Uint8Array(pixels.buffer);
  const samples = new Uint8Array(width * height * channels);
  for (let i = 0, at = 0; at < samples.length; i += 4) {
    for (let channel = 0; channel < channels; channel += 1) samples[at++] = pixels[i + channel]!;
  }
  return samples;
};
