import type { ObjectStore } from '@tessera/storage';
import { readFacts, sideBySide } from './transfer.ts';

/** An object as it should be; without a digest its length is compared. */
export interface ExpectedObject {
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string | null;
}

export interface Verification {
  readonly objects: number;
  /** A sentence for each object that is not as it should be. */
  readonly problems: readonly string[];
}

/** Reads all expected objects to their end and compares them. */
export async function verifyObjects(
  store: ObjectStore,
  expected: AsyncIterable<ExpectedObject>,
): Promise<Verification> {
  const problems: string[] = [];
  let objects = 0;
  const problemOf = async ({ key, bytes, sha256 }: ExpectedObject): Promise<string | undefined> => {
    const facts = await readFacts(store, key);
    if (facts === undefined) return `${key} is missing.`;
    if (facts.bytes !== bytes) return `${key} has ${String(facts.bytes)} bytes, not ${String(bytes)}.`;
    return sha256 === null || facts.sha256 === sha256 ? undefined : `${key} holds other bytes than it should.`;
  };
  for await (const problem of sideBySide(expected, problemOf)) {
    objects += 1;
    if (problem !== undefined) problems.push(problem);
  }
  return { objects, problems };
}
