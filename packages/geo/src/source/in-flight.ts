/**
 * Calls a function for every item, at most `limit` at a time. The first failure stops the others through the signal they
 * were given; it is thrown when all have come to rest.
 */
export async function inFlight<Item>(
  items: Iterable<Item>,
  limit: number,
  call: (item: Item, signal: AbortSignal) => Promise<void>,
  outer?: AbortSignal,
): Promise<void> {
  outer?.throwIfAborted();
  const failed = new AbortController();
  const signal = outer === undefined ? failed.signal : AbortSignal.any([outer, failed.signal]);
  const rest = items[Symbol.iterator]();
  const errors: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let next = rest.next(); next.done !== true && !signal.aborted; next = rest.next()) {
      try {
        await call(next.value, signal);
      } catch (error) {
        errors.push(error);
        failed.abort(error);
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, work));
  outer?.throwIfAborted();
  if (errors.length > 0) throw errors[0];
}
