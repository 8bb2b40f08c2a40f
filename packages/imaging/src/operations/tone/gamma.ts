import { toneOperation } from './tone-operation.ts';

/** `255 (v / 255)^(1 / gamma)`. */
export const gamma = toneOperation(
  'gamma',
  ({ gamma: exponent }) =>
    (level) =>
      255 * (level / 255) ** (1 / exponent),
);
