import { createHash } from 'node:crypto';
import { isFolder } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';

/** Objects read at one time. */
const SIDE_BY_SIDE = 4;

/** What was read of an object. */
export interface ReadFacts {
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Reads an object to its end; undefined if there is none. */
export async function readFacts(store: ObjectStore, key: string): Promise<ReadFacts | undefined> {
  const counted = count();
  const body = await bodyOf(store, key);
  if (body === undefined) return undefined;
  for await (const chunk of body) counted.add(chunk);
  return counted.facts();
}

/**
 * Copies an object and tells what was read; undefined if there is none.
 *
 * @param check is asked before the copy becomes visible; whatever it throws fails the copy.
 */
export async function copyObject(
  from: ObjectStore,
  to: ObjectStore,
  object: { readonly key: string; readonly contentType: string | null },
  check: (facts: ReadFacts) => void,
): Promise<ReadFacts | undefined> {
  const counted = count();
  const body = await bodyOf(from, object.key);
  if (body === undefined) return undefined;
  async function* through(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    for await (const chunk of chunks) {
      counted.add(chunk);
      yield chunk;
    }
    check(counted.facts());
  }
  await to.put(object.key, through(body), { contentType: object.contentType ?? undefined });
  return counted.facts();
}

/** Does something with every item, a few at one time, and gives the outcomes in the order of the items. */
export async function* sideBySide<Item, Outcome>(
  items: AsyncIterable<Item> | Iterable<Item>,
  work: (item: Item) => Promise<Outcome>,
): AsyncGenerator<Outcome, void, void> {
  const pending: Promise<Outcome>[] = [];
  for await (const item of items) {
    const outcome = work(item);
    // Looked at in its turn; until then a failure is not unhandled.
    outcome.catch(() => undefined);
    pending.push(outcome);
    if (pending.length >= SIDE_BY_SIDE) yield (await pending.shift()) as Outcome;
  }
  for (const outcome of pending) yield await outcome;
}

async function bodyOf(store: ObjectStore, key: string): Promise<AsyncIterable<Uint8Array> | undefined> {
  try {
    return await store.get(key);
  } catch (error) {
    // The key of a folder that is not whole is that of no object.
    if (AppError.is(error) && (error.code === 'NOT_FOUND' || isFolder(key))) return undefined;
    throw error;
  }
}

function count(): { add(chunk: Uint8Array): void; facts(): ReadFacts } {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    add: (chunk) => {
      bytes += chunk.byteLength;
      hash.update(chunk);
    },
    facts: () => ({ bytes, sha256: hash.copy().digest('hex') }),
  };
}
