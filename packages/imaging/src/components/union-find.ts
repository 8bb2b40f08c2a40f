/** The root of an item: the smallest of its set. Paths are halved on the way. */
export function findRoot(parents: Int32Array, item: number): number {
  let at = item;
  while (parents[at] !== at) {
    parents[at] = parents[parents[at]!]!;
    at = parents[at]!;
  }
  return at;
}

/** Joins the sets of two items. */
export function unite(parents: Int32Array, a: number, b: number): void {
  const first = findRoot(parents, a);
  const second = findRoot(parents, b);
  if (first < second) parents[second] = first;
  else parents[first] = second;
}
