/** What an operator makes of numbers. Comparisons give 1 and 0. */
export interface OperatorFacts {
  readonly arity: 1 | 2 | 3;
  /** In double precision; machines round what it gives to single precision. */
  readonly compute: (a: number, b: number, c: number) => number;
}

const unary = (compute: (a: number) => number): OperatorFacts => ({ arity: 1, compute });
const binary = (compute: (a: number, b: number) => number): OperatorFacts => ({ arity: 2, compute });

/** Adding and taking away again 2^52 leaves no place for a fraction; ties go to the even neighbour, as numpy's do. */
const NO_FRACTION = 2 ** 52;

function round(a: number): number {
  if (Math.abs(a) >= NO_FRACTION) return a;
  return Math.sign(a) * (Math.abs(a) + NO_FRACTION - NO_FRACTION);
}

/** C's `pow`, which gives 1 for 1 to the power of anything; JavaScript's does not where that is no finite number. */
function power(a: number, b: number): number {
  return a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b;
}

/**
 * What expressions are made of. Sums, products, quotients and roots of single-precision numbers, computed in double
 * precision and rounded once, are exactly those that single-precision arithmetic gives.
 */
export const OPERATORS = {
  add: binary((a, b) => a + b),
  subtract: binary((a, b) => a - b),
  multiply: binary((a, b) => a * b),
  divide: binary((a, b) => a / b),
  power: binary(power),
  negative: unary((a) => -a),
  absolute: unary(Math.abs),
  sqrt: unary(Math.sqrt),
  exp: unary(Math.exp),
  log: unary(Math.log),
  floor: unary(Math.floor),
  ceil: unary(Math.ceil),
  round: unary(round),
  minimum: binary((a, b) => Math.min(a, b)),
  maximum: binary((a, b) => Math.max(a, b)),
  less: binary((a, b) => Number(a < b)),
  lessEqual: binary((a, b) => Number(a <= b)),
  greater: binary((a, b) => Number(a > b)),
  greaterEqual: binary((a, b) => Number(a >= b)),
  equal: binary((a, b) => Number(a === b)),
  notEqual: binary((a, b) => Number(a !== b)),
  /** The second where the first is not 0, else the third. */
  where: { arity: 3, compute: (a, b, c) => (a === 0 ? c : b) },
} as const satisfies Record<string, OperatorFacts>;

export type Operator = keyof typeof OPERATORS;
