import { AppError } from '@tessera/runtime/app-error';
import { decodeNumbers, encodeNumbers } from '../../numbers.ts';

/** Centres are kept in sixteenths of a level, so that distances of colours are whole numbers below 2²⁶. */
export const ONE = 16;

/** The state after a round. */
export interface Centres {
  /** Of gray pictures 1, else 3. */
  readonly colours: number;
  /** Most centres that are wanted. */
  readonly most: number;
  /** How often the centres were moved. */
  readonly rounds: number;
  readonly settled: boolean;
  /** In sixteenths of a level, centre after centre. */
  readonly values: Int32Array;
  /** Pixels that were nearest to each in the last round; of those of the first round, nothing is known. */
  readonly pixels: Float64Array;
}

const HEADER = 4;

/** How many centres there are. */
export const centreCount = ({ values, colours }: Pick<Centres, 'values' | 'colours'>): number =>
  values.length / colours;

export function encodeCentres({ colours, most, rounds, settled, values, pixels }: Centres): Uint8Array {
  return encodeNumbers([colours, most, rounds, Number(settled), ...values, ...pixels]);
}

/** @throws AppError STORE_CORRUPT if the bytes are no state. */
export function decodeCentres(state: Uint8Array): Centres {
  const numbers = decodeNumbers(state, 'k-means state');
  const [colours = 0, most = 0, rounds = 0, settled = 0] = numbers;
  const count = (numbers.length - HEADER) / (colours + 1);
  if ((colours !== 1 && colours !== 3) || !Number.isInteger(count) || count < 1) {
    throw new AppError('STORE_CORRUPT', { details: { what: 'k-means state', numbers: numbers.length } });
  }
  const end = HEADER + count * colours;
  const values = Int32Array.from(numbers.subarray(HEADER, end));
  return { colours, most, rounds, settled: settled === 1, values, pixels: numbers.slice(end) };
}

/** The level nearest to a value in sixteenths. */
export const levelOf = (value: number): number => (value + ONE / 2) >> 4;
