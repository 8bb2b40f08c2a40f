import { parseCurve } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { PointOperation } from '../../operation.ts';
import { mapLevels, tableOf } from '../level-table.ts';
import { monotoneCubic } from './monotone-cubic.ts';

/** Levels by a monotone cubic curve through points. */
export const curves: PointOperation<'curves'> = {
  op: 'curves',
  kind: 'point',
  channels: (input) => input,
  apply: (input, { points, channel }) => {
    const parsed = parseCurve(points);
    if (parsed === undefined) throw new AppError('INVALID_PIPELINE', { details: { op: 'curves', points } });
    return mapLevels(input, tableOf(monotoneCubic(parsed)), channel);
  },
};
