import type { MosaicRequest } from '@tessera/contracts';
import { RequestProblems } from '../http/problems.ts';

/**
 * The time that a request names, as STAC writes it; days are taken from their beginning to their end.
 *
 * @throws RequestProblems BAD_REQUEST where it ends before it begins.
 */
export function intervalOf({ from, to }: MosaicRequest['dateRange']): string {
  const [start, end] = [momentOf(from, '00:00:00.000Z'), momentOf(to, '23:59:59.999Z')];
  if (start > end) {
    throw new RequestProblems('BAD_REQUEST', [{ path: 'dateRange.to', message: 'It ends before it begins.' }]);
  }
  return `${start.toISOString()}/${end.toISOString()}`;
}

const momentOf = (text: string, time: string): Date => new Date(text.includes('T') ? text : `${text}T${time}`);
