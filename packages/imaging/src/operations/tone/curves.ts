import { parseCurve } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { monotoneCubic } from './monotone-cubic.ts';
import { toneOperation } from './tone-operation.ts';

/** Levels by a monotone cubic curve through points. */
export const curves = toneOperation('curves', ({ points }) => {
  const parsed = parseCurve(points);
  if (parsed === undefined) throw new AppError('INVALID_PIPELINE', { details: { op: 'curves', points } });
  return monotoneCubic(parsed);
});
