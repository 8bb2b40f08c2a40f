import type { PointOperation } from '../../operation.ts';
import { colourfulChannels, mixColours, type Row } from '../colour-matrix.ts';

/** Each colour from all three, by percent. */
export const channelMixer: PointOperation<'channel-mixer'> = {
  op: 'channel-mixer',
  kind: 'point',
  channels: colourfulChannels,
  apply: (input, params) => {
    const row = (red: number, green: number, blue: number, constant: number): Row => [
      red / 100,
      green / 100,
      blue / 100,
      2.55 * constant,
    ];
    return mixColours(input, [
      row(params.redFromRed, params.redFromGreen, params.redFromBlue, params.redConstant),
      row(params.greenFromRed, params.greenFromGreen, params.greenFromBlue, params.greenConstant),
      row(params.blueFromRed, params.blueFromGreen, params.blueFromBlue, params.blueConstant),
    ]);
  },
};
