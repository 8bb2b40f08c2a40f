/** Files that a child that was killed while it decoded to `target` may have left. */
export function leftovers(target: string): readonly string[] {
  return [target, `${target}.stored.v`, `${target}.turned.v`];
}
