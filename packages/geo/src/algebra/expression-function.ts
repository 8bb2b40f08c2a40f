import type { ExpressionNode } from './expression.ts';
import type { Operator } from './operator.ts';

type Parts = readonly ExpressionNode[];
type Call = (operator: Operator, ...parts: Parts) => ExpressionNode;

/** A function that expressions may call. */
export interface ExpressionFunction {
  /** Fewest and most arguments. */
  readonly counts: readonly [number, number];
  readonly build: (call: Call, parts: Parts) => ExpressionNode;
}

const single = (operator: Operator): ExpressionFunction => ({
  counts: [1, 1],
  build: (call, parts) => call(operator, ...parts),
});
const folded = (operator: Operator): ExpressionFunction => ({
  counts: [2, 16],
  build: (call, parts) => parts.reduce((sofar, part) => call(operator, sofar, part)),
});

/** The functions by the names by which expressions call them. */
export const EXPRESSION_FUNCTIONS: ReadonlyMap<string, ExpressionFunction> = new Map([
  ['abs', single('absolute')],
  ['sqrt', single('sqrt')],
  ['exp', single('exp')],
  ['log', single('log')],
  ['floor', single('floor')],
  ['ceil', single('ceil')],
  ['round', single('round')],
  ['min', folded('minimum')],
  ['max', folded('maximum')],
  [
    'clamp',
    {
      counts: [3, 3],
      build: (call, [value, low, high]) => call('minimum', call('maximum', value!, low!), high!),
    },
  ],
  ['where', { counts: [3, 3], build: (call, parts) => call('where', ...parts) }],
]);
