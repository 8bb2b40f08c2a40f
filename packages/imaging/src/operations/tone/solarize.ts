import type { PointOperation } from '../../operation.ts';
import { mapLevels, tableOf } from '../level-table.ts';

/** Levels from the threshold on are inverted, as Pillow's `ImageOps.solarize` does. */
export const solarize: PointOperation<'solarize'> = {
  op: 'solarize',
  kind: 'point',
  channels: (input) => input,
  apply: (input, { threshold }) =>
    mapLevels(
      input,
      tableOf((level) => (level >= threshold ? 255 - level : level)),
    ),
};
