import type { Region } from '@tessera/contracts';
import type { CombineOperation } from '../../operation.ts';
import { createRaster, type Window } from '../../raster.ts';
import { colourfulChannels } from '../colour-matrix.ts';
import { hexColour } from '../hex-colour.ts';
import { composeDeep } from '../deep/deep-compose.ts';
import { createDeep, PER_LEVEL, type DeepWindow } from '../deep/deep-raster.ts';
import { combineInBoth } from '../deep/in-both-depths.ts';
import { compose } from './compose.ts';
import { deepMarkLayer, markLayer, markSeen } from './watermark.ts';

const shallow: CombineOperation<'watermark-text'> = {
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

/** A text in one colour, once or repeated. What its letters cover was made into a picture before. */
export const watermarkText = combineInBoth(shallow, {
  apply: (input, { size, read }, region, picture, params) => {
    const mark = { size, read: (part: Region) => inDeepColour(read(part), params.colour) };
    const layer = deepMarkLayer(params, picture, mark);
    return composeDeep(input, region, { layer, mode: 'normal', opacity: params.opacity });
  },
});

function inDeepColour({ x, y, raster }: DeepWindow, colour: string): DeepWindow {
  const [red, green, blue] = hexColour(colour).map((level) => level * PER_LEVEL) as [number, number, number];
  const { width, height, channels, data } = raster;
  const coloured = createDeep(width, height, 4);
  for (let from = 0, to = 0; from < data.length; from += channels, to += 4) {
    coloured.data[to] = red;
    coloured.data[to + 1] = green;
    coloured.data[to + 2] = blue;
    coloured.data[to + 3] = data[from]!;
  }
  return { x, y, raster: coloured };
}

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
