import { toneOperation } from './tone-operation.ts';

/**
 * `darkest + (brightest − darkest) s^(1 / gamma)`, where s goes from 0 at `black` to 1 at `white` and stays there. White
 * that is not above black makes a step just above black.
 */
export const levels = toneOperation('levels', ({ black, white, gamma, darkest, brightest }) => {
  const span = Math.max(1, white - black);
  return (level) => {
    const share = Math.min(1, Math.max(0, (level - black) / span));
    return darkest + (brightest - darkest) * share ** (1 / gamma);
  };
});
