import { toneOperation } from './tone-operation.ts';

/** Levels from the threshold on are inverted, as Pillow's `ImageOps.solarize` does. */
export const solarize = toneOperation(
  'solarize',
  ({ threshold }) =>
    (level) =>
      level >= threshold ? 255 - level : level,
);
