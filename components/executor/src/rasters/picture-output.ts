import type { Output, Size } from '@tessera/contracts';

/** The PNG of a product as the encoder of strips is told of it. */
export function pictureOutput({ width, height }: Size, channels: number): Output {
  return {
    format: 'png',
    quality: 100,
    subsampling: '4:4:4',
    metadata: 'strip',
    width,
    height,
    channels,
    tile: 512,
  };
}
