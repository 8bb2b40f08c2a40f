import type { Region } from '@tessera/contracts';
import type { CombineOperation } from '../../operation.ts';
import { createRaster, type Window } from '../../raster.ts';
import { colourfulChannels } from '../colour-matrix.ts';
import { hexColour } from '../hex-colour.ts';
import { compose } from './compose.ts';
import { markLayer, markSeen } from './watermark.ts';

/** A text in one colour, once or repeated. What its letters cover was made into a picture before. */
export const watermarkText: CombineOperation<'watermark-text'> = {
  op: 'watermark-text',
  kind: 'combine',
  channels: colourfulChannels,
  wish: ({ text, size, angle }, picture) => ({
    kind: 'text',
    mark: { text, height: Math.max(1, Math.floor((picture.height * size) / 100 + 0.5)), angle },
  }),
  second: markSeen,
  apply: (input, { size, read }, region, picture, params) => {
    const mark = { size, read: (part: Region) => inColour(read(part), params.colour) };
    return compose(input, region, { layer: markLayer(params, picture, mark), mode: 'normal', opacity: params.opacity });
  },
};

/** A picture of one colour that is as opaque as the first channel of another is bright. */
function inColour({ x, y, raster }: Window, colour: string): Window {
  const [red, green, blue] = hexColour(colour);
  const { width, height, channels, data } = raster;
  const coloured = createRaster(width, height, 4);
  for (let from = 0, to = 0; from < data.length; from += channels, to += 4) {
    coloured.data[to] = red;
    coloured.data[to + 1] = green;
    coloured.data[to + 2] = blue;
    coloured.data[to + 3] = data[from]!;
  }
  return { x, y, raster: coloured };
}
