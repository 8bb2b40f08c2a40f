import { afterAll, beforeAll, describe } from 'vitest';
import { abortCases } from './contract/abort-cases.ts';
import { composeCases } from './contract/compose-cases.ts';
import { listAndDeleteCases } from './contract/list-and-delete-cases.ts';
import { putAndGetCases } from './contract/put-and-get-cases.ts';
import type { ObjectStore } from './object-store.ts';

/** A store to test, empty at first. */
export interface StoreUnderTest {
  readonly store: ObjectStore;
  readonly cleanup: () => Promise<void>;
  /** Names of whatever unfinished writes have left: partial files, multipart uploads. */
  readonly leftovers?: (() => Promise<readonly string[]>) | undefined;
}

/** What the cases of the contract are given: the store is there once the tests run. */
export type StoreUnderTestGetter = () => StoreUnderTest;

/** The promises of `ObjectStore`, as tests that every adapter passes; one store serves all cases. */
export function objectStoreContract(name: string, makeStore: () => Promise<StoreUnderTest>): void {
  describe(`object store contract: ${name}`, () => {
    let made: StoreUnderTest | undefined;
    const get: StoreUnderTestGetter = () => made!;

    beforeAll(async () => {
      made = await makeStore();
    });
    afterAll(async () => {
      await made?.store.close();
      await made?.cleanup();
    });

    putAndGetCases(get);
    listAndDeleteCases(get);
    abortCases(get);
    composeCases(get);
  });
}
