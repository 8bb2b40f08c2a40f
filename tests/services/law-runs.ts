const long = process.env.TESSERA_LAWS === 'long';

/** How often a law is tried on cases drawn at random: `few` times in `npm test`, `many` in `npm run test:laws`. */
export const lawRuns = (few: number, many: number): number => (long ? many : few);
