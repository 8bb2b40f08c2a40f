import { long } from './long.ts';

/** How often a law is tried on cases drawn at random: `few` times in `npm test`, `many` in `npm run test:parts`. */
export const lawRuns = (few: number, many: number): number => (long ? many : few);
