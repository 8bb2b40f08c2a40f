import type { OperationName } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { GlobalOperation } from '../../operation.ts';
import { depthOf, isDeep, type Samples } from '../../raster.ts';
import { BOTH_DEPTHS } from './in-both-depths.ts';

type Way<Op extends OperationName, S extends Samples> = Pick<
  GlobalOperation<Op, S>,
  'observe' | 'merge' | 'apply' | 'report'
>;

/**
 * An operation of 8 bits that looks at the whole picture and does so in 16 too, by other functions. The first byte of
 * each partial and state tells the depth, for what merges and reports sees no pixels.
 */
export function globalInBoth<Op extends OperationName>(
  shallow: GlobalOperation<Op>,
  deep: Way<Op, Uint16Array>,
): GlobalOperation<Op, Samples> {
  const wayOf = (state: Uint8Array): Way<Op, Samples> => {
    if (state[0] !== 8 && state[0] !== 16)
      throw new AppError('STORE_CORRUPT', { details: { what: `${shallow.op} depth` } });
    return state[0] === 8 ? shallow : deep;
  };
  return {
    ...shallow,
    depths: BOTH_DEPTHS,
    observe: (input, region, picture, params, before) => {
      const way = (isDeep(input.raster) ? deep : shallow) as Way<Op, Samples>;
      const partial = way.observe(input, region, picture, params, before && inner(before));
      return marked(depthOf(input.raster), partial);
    },
    merge: (partials, grid, picture, params, before) => {
      const first = partials[0]!;
      const state = wayOf(first).merge(partials.map(inner), grid, picture, params, before && inner(before));
      return marked(first[0]!, state);
    },
    apply: (input, region, index, state, picture, params) =>
      wayOf(state).apply(input, region, index, inner(state), picture, params),
    ...(shallow.report && {
      report: (state, picture, params) => {
        const way = wayOf(state);
        if (way.report === undefined)
          throw new AppError('INTERNAL', { details: { op: shallow.op, reason: 'no report' } });
        return way.report(inner(state), picture, params);
      },
    }),
  };
}

function marked(depth: number, bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(1 + bytes.length);
  all[0] = depth;
  all.set(bytes, 1);
  return all;
}

const inner = (bytes: Uint8Array): Uint8Array => bytes.subarray(1);
