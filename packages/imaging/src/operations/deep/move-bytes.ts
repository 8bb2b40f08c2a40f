import { bytesOf, type Raster, type Window } from '../../raster.ts';
import type { DeepRaster, DeepWindow } from './deep-raster.ts';

/**
 * Lets what only moves pixels move those of 16 bits: as pixels of twice as many channels of 8 bits.
 *
 * @param move gives a raster of as many channels as it is given.
 */
export function moveBytes(input: DeepWindow, move: (bytes: Window) => Raster): DeepRaster {
  const { x, y, raster } = input;
  const bytes: Raster = { ...raster, channels: 2 * raster.channels, data: bytesOf(raster.data) };
  const { width, height, channels, data } = move({ x, y, raster: bytes });
  return {
    width,
    height,
    channels: channels / 2,
    data: new Uint16Array(data.buffer, data.byteOffset, data.length / 2),
  };
}

/** A pixel of levels of 8 bits as the bytes of one of 16: 257 times as much is both bytes the same. */
export function bytesOfPixel(pixel: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: 2 * pixel.length }, (_, at) => pixel[at >> 1]!);
}
