/** An object that answers some calls itself and leaves everything else to `target`. */
export function withOwn<Target extends object>(target: Target, own: Partial<Target>): Target {
  const bound = new Map<string | symbol, unknown>();
  return new Proxy(target, {
    get: (_, name) => {
      if (name in own) return own[name as keyof Target];
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (!bound.has(name)) bound.set(name, value.bind(target));
      return bound.get(name);
    },
  });
}
