import type { Output } from '@tessera/contracts';
import type { Sharp } from 'sharp';
import { sharp } from '../sharp.ts';
import { shallow } from './byte-pixels.ts';
import { checkCount } from './check-strips.ts';
import { rawInput } from './raw-input.ts';
import type { StripFormat } from './strip.ts';

/** A format whose pieces can't be joined: the only strip is the file. */
function wholeFile(encode: (image: Sharp, output: Output) => Sharp): StripFormat {
  return {
    async encode(pixels, _place, output) {
      const raster = shallow(pixels);
      const bytes = new Uint8Array(await encode(sharp(raster.data, rawInput(raster)), output).toBuffer());
      return { bytes, facts: { bytes: bytes.length } };
    },

    assemble(strips, grid, output) {
      checkCount(strips, { ...grid, width: output.width, height: output.height }, output);
      return [{ strip: 0 }];
    },
  };
}

/** WebP is one VP8 stream. */
export const webpFormat = wholeFile((image, { quality }) => image.webp({ quality }));

export const avifFormat = wholeFile((image, { quality, subsampling }) =>
  image.avif({ quality, chromaSubsampling: subsampling }),
);
