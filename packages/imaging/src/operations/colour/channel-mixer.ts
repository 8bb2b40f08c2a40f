import type { Row } from '../colour-matrix.ts';
import { matrixOperation } from './matrix-operation.ts';

/** Each colour from all three, by percent. */
export const channelMixer = matrixOperation('channel-mixer', (params) => {
  const row = (red: number, green: number, blue: number, constant: number): Row => [
    red / 100,
    green / 100,
    blue / 100,
    2.55 * constant,
  ];
  return [
    row(params.redFromRed, params.redFromGreen, params.redFromBlue, params.redConstant),
    row(params.greenFromRed, params.greenFromGreen, params.greenFromBlue, params.greenConstant),
    row(params.blueFromRed, params.blueFromGreen, params.blueFromBlue, params.blueConstant),
  ];
});
