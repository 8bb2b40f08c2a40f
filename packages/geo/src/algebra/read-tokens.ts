import { expressionFault } from './expression-fault.ts';

/** A word of an expression and the index of its first character. */
export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const SPACE = /[ \t\r\n]+/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SIGN = /\*\*|<=|>=|==|!=|[-+*/^(),<>]/y;

/**
 * Cuts an expression into words; the last one is of kind `end`.
 *
 * @throws AppError INVALID_EXPRESSION for a character that belongs to none.
 */
export function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  for (;;) {
    at += take(SPACE)?.length ?? 0;
    if (at >= text.length) return [...tokens, { kind: 'end', text: '', at: text.length }];
    const token = readToken(take, at);
    if (token === undefined)
      throw expressionFault(at, `“${String.fromCodePoint(text.codePointAt(at) ?? 0)}” means nothing here.`);
    tokens.push(token);
    at += token.text.length;
  }
}

function readToken(take: (pattern: RegExp) => string | undefined, at: number): Token | undefined {
  for (const [kind, pattern] of [
    ['number', NUMBER],
    ['name', NAME],
    ['sign', SIGN],
  ] as const) {
    const text = take(pattern);
    if (text !== undefined) return { kind, text, at };
  }
  return undefined;
}
