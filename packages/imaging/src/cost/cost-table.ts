import type { CostKnot, InputFormat, OperationName, OutputFormat } from '@tessera/contracts';

/** Costs of each operation by the side of its neighbourhood, in rising order; one knot where it has none. */
export type OperationCosts = Readonly<Record<OperationName, readonly Readonly<CostKnot>[]>>;

/**
 * Milliseconds of one core per megapixel, for formats of RGB, and per task. Only ratios matter: they decide whether to
 * split, and tell stages from one another.
 */
export interface CostTable {
  readonly decode: Readonly<Record<InputFormat, number>>;
  /** Of what needs the whole picture: one look. */
  readonly operation: OperationCosts;
  /** Encoding includes hashing the blocks. */
  readonly encode: Readonly<Record<OutputFormat, number>>;
  /** Publishing, fetching, storing and reporting one task. */
  readonly task: number;
}
