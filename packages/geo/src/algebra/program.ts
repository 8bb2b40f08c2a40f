import type { Expression, ExpressionNode } from './expression.ts';
import type { Operator } from './operator.ts';

/** One operator on registers; `b` and `c` are 0 where it has fewer operands. */
export interface ProgramStep {
  readonly operator: Operator;
  readonly target: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/**
 * An expression as steps over registers, each of which holds one single-precision number for every sample of a chunk.
 * Registers hold the bands first, then the constants, then what steps give.
 */
export interface Program {
  readonly bands: readonly string[];
  readonly constants: readonly number[];
  readonly steps: readonly ProgramStep[];
  /** Number of registers. */
  readonly registers: number;
  /** The register of the result. */
  readonly result: number;
}

/** A value before it has a register: a band, a constant, or the result of a step. */
interface Value {
  readonly operator?: Operator;
  readonly parts: readonly number[];
}

/**
 * Turns an expression into steps. What occurs in it twice is computed once; registers are used again as soon as nobody
 * reads them any more.
 */
export function compileExpression({ root, bands }: Expression): Program {
  const values: Value[] = bands.map(() => ({ parts: [] }));
  const constants: number[] = [];
  const known = new Map<string, number>(bands.map((name, index) => [`band ${name}`, index]));
  const remember = (key: string, value: Value): number => {
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, values.length);
    return values.push(value) - 1;
  };
  collectNumbers(root).forEach((value) => {
    if (known.has(`number ${value}`)) return;
    remember(`number ${value}`, { parts: [] });
    constants.push(value);
  });
  const visit = (node: ExpressionNode): number => {
    if (node.kind === 'band') return known.get(`band ${node.name}`) ?? 0;
    if (node.kind === 'number') return known.get(`number ${singleOf(node.value)}`) ?? 0;
    const short = shorten(node);
    if (short !== node) return visit(short);
    const parts = node.parts.map(visit);
    return remember(`${node.operator} ${parts.join(' ')}`, { operator: node.operator, parts });
  };
  const result = visit(root);
  return { bands, constants, ...allocate(values, bands.length + constants.length, result) };
}

/** In the order of their appearance, as single-precision numbers. */
function collectNumbers(node: ExpressionNode): readonly number[] {
  if (node.kind === 'band') return [];
  if (node.kind === 'number') return [singleOf(node.value)];
  const short = shorten(node);
  return short === node ? node.parts.flatMap(collectNumbers) : collectNumbers(short);
}

/** Key and value of a constant; −0 would be taken for 0 as a key, and no expression can tell them apart but by 1 / 0. */
function singleOf(value: number): number {
  return Math.fround(value);
}

/** What numpy makes of a power with a common exponent: the same value by a simpler way, rounded otherwise. */
function shorten(node: ExpressionNode): ExpressionNode {
  if (node.kind !== 'call' || node.operator !== 'power') return node;
  const [base, exponent] = node.parts;
  if (base === undefined || exponent?.kind !== 'number') return node;
  switch (exponent.value) {
    case 1:
      return base;
    case 2:
      return { kind: 'call', operator: 'multiply', parts: [base, base] };
    case 0.5:
      return { kind: 'call', operator: 'sqrt', parts: [base] };
    case -1:
      return { kind: 'call', operator: 'divide', parts: [{ kind: 'number', value: 1 }, base] };
    default:
      return node;
  }
}

function allocate(
  values: readonly Value[],
  inputs: number,
  result: number,
): Pick<Program, 'steps' | 'registers' | 'result'> {
  const lastUse = new Map<number, number>([[result, values.length]]);
  values.forEach(({ parts }, index) => {
    for (const part of parts) lastUse.set(part, Math.max(lastUse.get(part) ?? 0, index));
  });
  const registers = new Map<number, number>(values.slice(0, inputs).map((_, index) => [index, index]));
  const free: number[] = [];
  let count = inputs;
  const steps: ProgramStep[] = [];
  values.forEach(({ operator, parts }, index) => {
    if (operator === undefined) return;
    const [a = 0, b = 0, c = 0] = parts.map((part) => registers.get(part) ?? 0);
    // A step may write over what it reads: it does so sample by sample.
    for (const part of new Set(parts))
      if (part >= inputs && lastUse.get(part) === index) free.push(registers.get(part) ?? 0);
    const target = free.pop() ?? count++;
    registers.set(index, target);
    steps.push({ operator, target, a, b, c });
  });
  return { steps, registers: count, result: registers.get(result) ?? 0 };
}
