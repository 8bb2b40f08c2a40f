import { useSyncExternalStore } from 'react';

const KEY = 'tessera-operator';

/** The token that an operator gave, and the name by which they want to stand in the list of what was done. */
export interface Operator {
  readonly token: string;
  readonly name: string;
}

const listeners = new Set<() => void>();
let known: { readonly text: string | null; readonly operator: Operator | undefined } = {
  text: null,
  operator: undefined,
};

/** Kept for this tab only, and gone with it. */
function storage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

function parse(text: string | null): Operator | undefined {
  if (text === null) return undefined;
  try {
    const value = JSON.parse(text) as Partial<Operator>;
    return typeof value.token === 'string' ? { token: value.token, name: value.name ?? '' } : undefined;
  } catch {
    return undefined;
  }
}

let remembered: string | null = storage()?.getItem(KEY) ?? null;

/** Who holds the token in this tab; the same object as long as it does not change. */
export function currentOperator(): Operator | undefined {
  if (known.text !== remembered) known = { text: remembered, operator: parse(remembered) };
  return known.operator;
}

function set(text: string | null): void {
  remembered = text;
  if (text === null) storage()?.removeItem(KEY);
  else storage()?.setItem(KEY, text);
  for (const listener of listeners) listener();
}

export function keepOperator(operator: Operator): void {
  set(JSON.stringify(operator));
}

export function forgetOperator(): void {
  set(null);
}

export function useOperator(): Operator | undefined {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentOperator);
}
