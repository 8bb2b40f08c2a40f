import { toneOperation } from './tone-operation.ts';

/** The range is cut into equal parts; each part becomes one of as many levels, from black to full. */
export const posterize = toneOperation(
  'posterize',
  ({ levels }) =>
    (level) =>
      (255 * Math.floor((level * levels) / 256)) / (levels - 1),
);
