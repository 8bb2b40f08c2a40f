import type { PointOperation } from '../../operation.ts';
import { mapLevels, tableOf } from '../level-table.ts';

/** The range is cut into equal parts; each part becomes one of as many levels, from black to full. */
export const posterize: PointOperation<'posterize'> = {
  op: 'posterize',
  kind: 'point',
  channels: (input) => input,
  apply: (input, { levels }) =>
    mapLevels(
      input,
      tableOf((level) => (255 * Math.floor((level * levels) / 256)) / (levels - 1)),
    ),
};
