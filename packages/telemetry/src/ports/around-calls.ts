import { withOwn } from './with-own.ts';

type Around = (call: string, run: () => Promise<unknown>) => Promise<unknown>;

/** An object whose named asynchronous methods run within `around`; everything else of it is as it was. */
export function aroundCalls<Target extends object>(
  target: Target,
  calls: readonly (keyof Target & string)[],
  around: Around,
): Target {
  const wrap = (call: keyof Target & string): unknown => {
    const method = target[call] as (...given: unknown[]) => Promise<unknown>;
    return (...given: unknown[]) => around(call, () => method.apply(target, given));
  };
  return withOwn(target, Object.fromEntries(calls.map((call) => [call, wrap(call)])) as Partial<Target>);
}
