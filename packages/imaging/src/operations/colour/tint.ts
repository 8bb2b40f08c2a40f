import type { Row } from '../colour-matrix.ts';
import { hexColour } from '../hex-colour.ts';
import { blendWithIdentity } from './blend-with-identity.ts';
import { matrixOperation } from './matrix-operation.ts';

/** The luma of BT.601 times a colour, mixed with the colours that were there. */
export const tint = matrixOperation('tint', ({ colour, amount }) => {
  const shaded = (level: number): Row => {
    const share = level / 255;
    return [0.299 * share, 0.587 * share, 0.114 * share, 0];
  };
  const [red, green, blue] = hexColour(colour);
  return blendWithIdentity([shaded(red), shaded(green), shaded(blue)], amount / 100);
});
