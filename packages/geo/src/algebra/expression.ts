import type { Operator } from './operator.ts';

/** A part of an expression. */
export type ExpressionNode =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'band'; readonly name: string }
  | { readonly kind: 'call'; readonly operator: Operator; readonly parts: readonly ExpressionNode[] };

/** An expression that was read and found computable. */
export interface Expression {
  /** As it was written. */
  readonly text: string;
  /** Names of the bands it reads, each once, in order of their first appearance. At least one. */
  readonly bands: readonly string[];
  readonly root: ExpressionNode;
  /** Numbers that it knows by name. */
  readonly constants: Readonly<Record<string, number>>;
}
