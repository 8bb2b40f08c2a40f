import { toneOperation } from './tone-operation.ts';

/**
 * `(v − 127.5) tan(π/4 (1 + contrast)) + 127.5 + 255 brightness`, both as shares: the slope goes from 0 over 1 to a step,
 * evenly by its angle.
 */
export const brightnessContrast = toneOperation('brightness-contrast', ({ brightness, contrast }) => {
  const slope = Math.tan((Math.PI / 4) * (1 + contrast / 100));
  return (level) => (level - 127.5) * slope + 127.5 + 2.55 * brightness;
});
