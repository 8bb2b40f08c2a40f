import type { PointOperation } from '../../operation.ts';
import { mapLevels, tableOf } from '../level-table.ts';

/** `255 (v / 255)^(1 / gamma)`. */
export const gamma: PointOperation<'gamma'> = {
  op: 'gamma',
  kind: 'point',
  channels: (input) => input,
  apply: (input, { gamma: exponent }) =>
    mapLevels(
      input,
      tableOf((level) => 255 * (level / 255) ** (1 / exponent)),
    ),
};
