import { MAX_EXPRESSION_LENGTH } from '@tessera/contracts';
import { expressionFault } from './expression-fault.ts';
import { EXPRESSION_FUNCTIONS } from './expression-function.ts';
import type { Expression, ExpressionNode } from './expression.ts';
import { OPERATORS, type Operator, type OperatorFacts } from './operator.ts';
import { readTokens, type Token } from './read-tokens.ts';

/** Parts of an expression within each other, and all parts together, that are computed at most. */
const MAX_DEPTH = 32;
const MAX_PARTS = 200;

const COMPARISONS: ReadonlyMap<string, Operator> = new Map([
  ['<', 'less'],
  ['<=', 'lessEqual'],
  ['>', 'greater'],
  ['>=', 'greaterEqual'],
  ['==', 'equal'],
  ['!=', 'notEqual'],
]);
const SUMS: ReadonlyMap<string, Operator> = new Map([
  ['+', 'add'],
  ['-', 'subtract'],
]);
const PRODUCTS: ReadonlyMap<string, Operator> = new Map([
  ['*', 'multiply'],
  ['/', 'divide'],
]);
const POWERS: ReadonlySet<string> = new Set(['^', '**']);

/**
 * Reads an expression such as `where(nir + red > 0, (nir - red) / (nir + red), 0)`:
 *
 *     comparison = sum [("<" | "<=" | ">" | ">=" | "==" | "!=") sum]
 *     sum        = product {("+" | "-") product}
 *     product    = unary {("*" | "/") unary}
 *     unary      = ("-" | "+") unary | power
 *     power      = primary [("^" | "**") unary]
 *     primary    = number | name | function "(" comparison {"," comparison} ")" | "(" comparison ")"
 *
 * as Python reads it. Comparisons are 1 or 0. Case does not matter in names, unless two differ by it alone.
 *
 * @param names Bands that it may read.
 * @param constants Numbers that it may name.
 * @throws AppError INVALID_EXPRESSION whose message tells the place and kind of the fault.
 */
export function parseExpression(
  text: string,
  names: readonly string[],
  constants: Readonly<Record<string, number>> = {},
): Expression {
  if (text.length > MAX_EXPRESSION_LENGTH)
    throw expressionFault(MAX_EXPRESSION_LENGTH, `it is longer than ${MAX_EXPRESSION_LENGTH} characters.`);
  const reader = new ExpressionReader(readTokens(text), names, constants);
  const root = reader.read();
  const bands = [...reader.bands];
  if (bands.length === 0) throw expressionFault(0, `it reads no band. Bands here: ${names.join(', ')}.`);
  return { text, bands, root, constants };
}

class ExpressionReader {
  readonly bands = new Set<string>();
  readonly #tokens: readonly Token[];
  readonly #names: readonly string[];
  readonly #constants: Readonly<Record<string, number>>;
  #next = 0;
  #depth = 0;
  #parts = 0;

  constructor(tokens: readonly Token[], names: readonly string[], constants: Readonly<Record<string, number>>) {
    this.#tokens = tokens;
    this.#names = names;
    this.#constants = constants;
  }

  read(): ExpressionNode {
    const root = this.#comparison();
    const rest = this.#token();
    if (rest.kind === 'end') return root;
    throw expressionFault(
      rest.at,
      COMPARISONS.has(rest.text)
        ? 'a comparison can not follow a comparison; put one of them in parentheses.'
        : `“${rest.text}” is not expected here.`,
    );
  }

  #token(): Token {
    return this.#tokens[this.#next]!;
  }

  /** Takes the next word if it is this sign. */
  #takes(sign: string): boolean {
    const token = this.#token();
    const found = token.kind === 'sign' && token.text === sign;
    if (found) this.#next++;
    return found;
  }

  #comparison(): ExpressionNode {
    const left = this.#sum();
    const { at, text } = this.#token();
    const operator = COMPARISONS.get(text);
    if (operator === undefined) return left;
    this.#next++;
    return this.#call(at, operator, left, this.#sum());
  }

  #sum(): ExpressionNode {
    return this.#chain(SUMS, () => this.#chain(PRODUCTS, () => this.#unary()));
  }

  #chain(operators: ReadonlyMap<string, Operator>, part: () => ExpressionNode): ExpressionNode {
    let left = part();
    for (;;) {
      const { at, text } = this.#token();
      const operator = operators.get(text);
      if (operator === undefined) return left;
      this.#next++;
      left = this.#call(at, operator, left, part());
    }
  }

  #unary(): ExpressionNode {
    const { at } = this.#token();
    if (this.#takes('-'))
      return this.#call(
        at,
        'negative',
        this.#deeper(at, () => this.#unary()),
      );
    if (this.#takes('+')) return this.#deeper(at, () => this.#unary());
    return this.#power();
  }

  #power(): ExpressionNode {
    const base = this.#primary();
    const { at, kind, text } = this.#token();
    if (kind !== 'sign' || !POWERS.has(text)) return base;
    this.#next++;
    return this.#call(
      at,
      'power',
      base,
      this.#deeper(at, () => this.#unary()),
    );
  }

  #primary(): ExpressionNode {
    const token = this.#token();
    const { kind, text, at } = token;
    if (kind === 'number') {
      this.#next++;
      return this.#number(at, Number(text));
    }
    if (kind === 'name') {
      this.#next++;
      return this.#takes('(') ? this.#function(token) : this.#named(token);
    }
    if (this.#takes('(')) {
      const inner = this.#deeper(at, () => this.#comparison());
      this.#close(at);
      return inner;
    }
    throw expressionFault(at, kind === 'end' ? 'something is missing at the end.' : `“${text}” is not expected here.`);
  }

  #close(opened: number): void {
    if (!this.#takes(')'))
      throw expressionFault(this.#token().at, `a “)” is missing for the “(” at character ${opened + 1}.`);
  }

  #function({ text, at }: Token): ExpressionNode {
    const found = EXPRESSION_FUNCTIONS.get(text.toLowerCase());
    if (found === undefined)
      throw expressionFault(
        at,
        `there is no function “${text}”. Functions: ${[...EXPRESSION_FUNCTIONS.keys()].join(', ')}.`,
      );
    const opened = at + text.length;
    const parts: ExpressionNode[] = [];
    do parts.push(this.#deeper(at, () => this.#comparison()));
    while (this.#takes(','));
    this.#close(opened);
    const [fewest, most] = found.counts;
    if (parts.length < fewest || parts.length > most) {
      const wanted = fewest === most ? String(fewest) : `${fewest} to ${most}`;
      throw expressionFault(at, `“${text}” takes ${wanted} values and got ${parts.length}.`);
    }
    return found.build((operator, ...inner) => this.#call(at, operator, ...inner), parts);
  }

  #named({ text, at }: Token): ExpressionNode {
    const known = [...this.#names, ...Object.keys(this.#constants)];
    const alike = known.filter((name) => name.toLowerCase() === text.toLowerCase());
    const name = known.includes(text) ? text : alike.length === 1 ? alike[0]! : undefined;
    if (name === undefined)
      throw expressionFault(at, `there is no band “${text}” here. Bands: ${this.#names.join(', ')}.`);
    if (!this.#names.includes(name)) return this.#number(at, this.#constants[name]!);
    this.bands.add(name);
    return this.#part(at, { kind: 'band', name });
  }

  #number(at: number, value: number): ExpressionNode {
    // Beyond single precision it would be infinite in every sum.
    if (!Number.isFinite(Math.fround(value)))
      throw expressionFault(at, 'this number can not be computed or is too large.');
    return this.#part(at, { kind: 'number', value });
  }

  /** An operator with its parts; numbers alone are computed at once, in double precision, as Python does. */
  #call(at: number, operator: Operator, ...parts: readonly ExpressionNode[]): ExpressionNode {
    const numbers = parts.flatMap((part) => (part.kind === 'number' ? [part.value] : []));
    if (numbers.length < parts.length) return this.#part(at, { kind: 'call', operator, parts });
    const { compute }: OperatorFacts = OPERATORS[operator];
    return this.#number(at, compute(numbers[0]!, numbers[1] ?? 0, numbers[2] ?? 0));
  }

  #part(at: number, node: ExpressionNode): ExpressionNode {
    if (++this.#parts > MAX_PARTS) throw expressionFault(at, `it has more than ${MAX_PARTS} parts.`);
    return node;
  }

  #deeper(at: number, read: () => ExpressionNode): ExpressionNode {
    if (++this.#depth > MAX_DEPTH) throw expressionFault(at, `it is nested more than ${MAX_DEPTH} deep.`);
    const node = read();
    this.#depth--;
    return node;
  }
}
