import type { CostKnot, MeasuredCosts, OperationName } from '@tessera/contracts';
import type { CostTable } from './cost-table.ts';
import { DEFAULT_COSTS } from './default-costs.ts';

/** The table of the program with what was measured of a machine in its place; what it does not know is left out. */
export function withMeasured(measured: MeasuredCosts, known: CostTable = DEFAULT_COSTS): CostTable {
  const operation = Object.fromEntries(
    Object.entries(known.operation).map(([op, knots]) => [op, measured.operation[op] ?? knots]),
  ) as Record<OperationName, readonly CostKnot[]>;
  return {
    decode: { ...known.decode, ...measured.decode },
    operation,
    encode: { ...known.encode, ...measured.encode },
    task: measured.task ?? known.task,
  };
}
