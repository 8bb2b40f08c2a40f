import { randomUUID } from 'node:crypto';
import type { CatalogueRecord, Outline } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import type { NewCatalogueEntry, NewCatalogueProduct } from '../catalogue-store.ts';
import type { NewJob } from '../job-store.ts';
import {
  age,
  imageRow,
  planOf,
  publish,
  RESULT,
  runAll,
  submit,
  tell,
  POLICY,
  type StorePlace,
} from './job-fixture.ts';

const SQUARE: Outline = [
  [10, 52],
  [12, 52],
  [12, 50],
  [10, 50],
];
const DAY = { olderThanSeconds: 86_400, limit: 100, settleSeconds: 0 };

export function newProduct(more: Partial<NewCatalogueProduct> = {}): NewCatalogueProduct {
  return {
    id: randomUUID(),
    name: 'NDVI – مؤشر',
    description: '',
    creator: 'ann',
    kind: 'index',
    shared: false,
    outline: SQUARE,
    facts: { index: 'ndvi', epsg: 32_632, resolution: 10, width: 100, height: 250 },
    startsAt: null,
    endsAt: null,
    ...more,
  };
}

function newEntry(more: Partial<NewCatalogueEntry> = {}): NewCatalogueEntry {
  return {
    id: randomUUID(),
    visitor: 'ann',
    name: 'A point',
    description: '',
    creator: '',
    kind: 'point',
    shared: false,
    outline: [[11, 51]],
    image: null,
    facts: {},
    ...more,
  };
}

/** What another site tells of a product of its own. */
function record(id: string, revision: number, name: string | null, site = 'other'): CatalogueRecord {
  const time = '2026-01-02T03:04:05.678Z';
  const product =
    name === null
      ? null
      : {
          ...{ name, description: '', creator: '', outline: SQUARE, kind: 'mosaic' as const, index: null, epsg: 4326 },
          ...{ resolution: 10, width: 1, height: 1, startTime: null, endTime: time, createdAt: time, changedAt: time },
          links: { cog: 'https://other.example/cog', picture: null, legend: null, legendData: null },
        };
  return { type: 'product', id, site, revision, product };
}

/** What is on the map. */
export function catalogueCases(place: () => StorePlace): void {
  const finish = async (product: NewCatalogueProduct, job: Partial<NewJob> = {}) => {
    const row = await submit(place().store, { ...job, product });
    await runAll(place().store);
    return row;
  };
  const seenBy = async (visitor: string | null) =>
    (await place().store.searchProducts({ visitor, limit: 100 })).products.map(({ id }) => id);

  describe('the catalogue', () => {
    it('has a product when its job is done, once, and with its files', async () => {
      const { store, database } = place();
      const product = newProduct({ startsAt: new Date('2026-05-01T00:00:00Z') });
      const job = await submit(store, { product, reuseKey: 'same' });
      expect(await store.getProduct(product.id)).toBeUndefined();
      await runAll(store);
      expect(await store.getProduct(product.id)).toMatchObject({
        ...product,
        visitor: 'ann',
        job: job.id,
        origin: null,
        result: RESULT,
      });
      await database.query(`update jobs set state = 'done' where id = $1`, [job.id]);
      const reused = newProduct();
      await submit(store, { product: reused, reuseKey: 'same' });
      const failed = newProduct();
      await submit(store, { product: failed, plan: planOf(1) });
      const [message] = await publish(store);
      await store.applyEvent(tell(message!, { type: 'failed', retryable: false }), POLICY);
      expect(await seenBy('ann')).toEqual([reused.id, product.id]);
    });

    it('counts what a visitor shares, also what is still being made', async () => {
      const { store } = place();
      await finish(newProduct({ shared: true }));
      await finish(newProduct());
      await finish(newProduct({ shared: true }), { visitor: 'bob' });
      expect([await store.countShared('ann'), await store.countShared('bob')]).toEqual([1, 1]);
      const more = newProduct({ shared: true });
      await submit(store, { product: more });
      expect(await store.countShared('ann')).toBe(2);
      await runAll(store);
      expect(await store.countShared('ann')).toBe(2);
      await store.changeProduct(more.id, { shared: false });
      expect(await store.countShared('ann')).toBe(1);
    });

    it('shows what is not shared to its owner only', async () => {
      const { store } = place();
      const [own, shared] = [newProduct(), newProduct({ shared: true, creator: 'Zoë' })];
      await finish(own);
      await finish(shared, { visitor: 'bob' });
      expect(await seenBy('ann')).toEqual([shared.id, own.id]);
      expect(await seenBy('bob')).toEqual([shared.id]);
      expect(await seenBy(null)).toEqual([shared.id]);
      const { products } = await store.searchProducts({ visitor: 'ann', own: true, limit: 9 });
      expect(products.map(({ id }) => id)).toEqual([own.id]);
      expect(await store.productExtents()).toMatchObject([
        { kind: 'index', products: 1, west: 10, south: 50, east: 12, north: 52 },
      ]);
    });

    it('is searched by words, kind, index and time, page by page', async () => {
      const { store } = place();
      const time = (day: number) => new Date(Date.UTC(2026, 0, day));
      const products = [1, 2, 3, 4, 5].map((day) =>
        newProduct({
          name: `Day ${String(day)}`,
          description: day === 3 ? '100% of_it' : 'rest',
          kind: day === 4 ? 'mosaic' : 'index',
          startsAt: time(day),
          endsAt: day === 5 ? time(9) : null,
        }),
      );
      for (const product of products) await finish(product);
      const days = async (query: object) => {
        const found = await store.searchProducts({ visitor: 'ann', limit: 9, ...query });
        return found.products.map(({ name }) => name.slice(-1)).join('');
      };
      expect(await days({ text: 'DAY' })).toBe('54321');
      expect(await days({ text: '0% OF_' })).toBe('3');
      expect(await days({ text: '_' })).toBe('3');
      expect(await days({ kinds: ['mosaic'] })).toBe('4');
      expect(await days({ index: 'ndsi' })).toBe('');
      expect(await days({ creator: 'ann', ids: [products[0]!.id, 'unknown'] })).toBe('1');
      expect(await days({ from: time(2), to: time(3) })).toBe('32');
      expect(await days({ from: time(6), to: time(7) })).toBe('5');
      const first = await store.searchProducts({ visitor: 'ann', limit: 3, bbox: [0, 0, 90, 90] });
      expect(first.products).toHaveLength(3);
      const second = await store.searchProducts({
        visitor: 'ann',
        limit: 3,
        before: first.next!,
        bbox: [0, 0, 90, 90],
      });
      expect([second.products.length, second.next]).toEqual([2, null]);
    });

    it('keeps the job of a shared product, and forgets others with their jobs', async () => {
      const { store, database } = place();
      const [own, shared] = [newProduct(), newProduct({ shared: true })];
      await finish(own);
      const job = await finish(shared);
      await age(database, 86_401);
      expect(await store.expireJobs(DAY)).toBe(1);
      expect(await seenBy('ann')).toEqual([shared.id]);
      expect(await store.changeProduct(shared.id, { shared: false })).toMatchObject({ shared: false });
      expect(await store.expireJobs(DAY)).toBe(1);
      expect(await store.getJob(job.id)).toBeUndefined();
      expect(await seenBy('ann')).toEqual([]);
      const { changes } = await store.catalogueChanges({ after: 0, limit: 9 });
      expect(changes).toMatchObject([{ id: shared.id, type: 'product', product: null }]);
    });

    it('goes with a job that its visitor forgets, shared or not, and leaves the job where only it is removed', async () => {
      const { store } = place();
      const [first, second] = [newProduct({ shared: true }), newProduct()];
      const job = await finish(first);
      const kept = await finish(second);
      await store.forgetJobs({ jobs: [job.id], visitor: 'ann', settleSeconds: 0 });
      expect(await store.removeProduct(second.id)).toBe(true);
      expect(await store.removeProduct(second.id)).toBe(false);
      expect(await store.changeProduct(second.id, { name: 'back' })).toBeUndefined();
      expect(await store.getJob(kept.id)).toMatchObject({ state: 'done' });
      expect(await seenBy('ann')).toEqual([]);
    });

    it('tells each change once, in an order without gaps behind, and never what was not shared', async () => {
      const { store } = place();
      const [hidden, shown] = [newProduct(), newProduct({ shared: true })];
      await finish(hidden);
      await finish(shown);
      const entry = newEntry({ shared: true });
      await store.insertEntry(entry, 9);
      const first = await store.catalogueChanges({ after: 0, limit: 1 });
      expect([first.changes.length, first.more]).toEqual([1, true]);
      const second = await store.catalogueChanges({ after: first.next, limit: 9 });
      expect([...first.changes, ...second.changes].map(({ id }) => id).sort()).toEqual([entry.id, shown.id].sort());
      expect(await store.catalogueChanges({ after: second.next, limit: 9 })).toEqual({
        changes: [],
        next: second.next,
        more: false,
      });
      await store.changeProduct(hidden.id, { name: 'still hidden' });
      await store.changeProduct(shown.id, { name: 'anew' });
      await store.removeEntry(entry.id);
      const third = await store.catalogueChanges({ after: second.next, limit: 9, own: true });
      expect(third.changes).toMatchObject([
        { id: shown.id, product: { name: 'anew' } },
        { id: entry.id, entry: null },
      ]);
      expect(await store.catalogueFeed()).toMatch(/^[0-9a-f]{32}$/);
    });

    it('takes over the newest that another site says of its own things, in whatever order it is told', async () => {
      const { store } = place();
      const own = newProduct({ shared: true });
      await finish(own);
      const id = randomUUID();
      expect(await store.putRecords([record(id, 3, 'third'), record(own.id, 9, 'stolen')])).toBe(1);
      expect(
        await store.putRecords([record(id, 3, 'third'), record(id, 2, 'second'), record(id, 9, 'x', 'evil')]),
      ).toBe(0);
      expect(await store.getProduct(id)).toMatchObject({ name: 'third', origin: 'other', visitor: null, shared: true });
      expect(await store.getProduct(own.id)).toMatchObject({ name: own.name, origin: null });
      expect(await store.changeProduct(id, { name: 'mine' })).toMatchObject({ name: 'third' });
      const { changes } = await store.catalogueChanges({ after: 0, limit: 9, own: true });
      expect(changes.map((change) => change.id)).toEqual([own.id]);
      expect(await store.putRecords([record(id, 4, null)])).toBe(1);
      expect(await store.putRecords([record(id, 3, 'third')])).toBe(0);
      expect(await store.getProduct(id)).toBeUndefined();
    });

    it('notes how far a peer is, forwards only until it is another', async () => {
      const { store } = place();
      expect(await store.getPeer('https://a')).toEqual({ feed: null, pulled: 0, pushed: 0 });
      await store.notePeer('https://a', { feed: 'one', pulled: 7 });
      await store.notePeer('https://a', { feed: 'one', pulled: 5, pushed: 3 });
      expect(await store.getPeer('https://a')).toEqual({ feed: 'one', pulled: 7, pushed: 3 });
      await store.notePeer('https://a', { feed: 'two', pulled: 1 });
      expect(await store.getPeer('https://a')).toEqual({ feed: 'two', pulled: 1, pushed: 0 });
    });

    it('has as many entries of a visitor as allowed, and keeps the images that they show', async () => {
      const { store, database } = place();
      const image = { ...imageRow(), createdAt: new Date() };
      await store.insertImage(image);
      const entry = newEntry({ kind: 'image', image: image.id, outline: SQUARE });
      expect(await store.insertEntry(entry, 2)).toBe(true);
      await expect(store.insertEntry(newEntry({ image: 'unknown' }), 9)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const more = await Promise.all([1, 2, 3].map(() => store.insertEntry(newEntry(), 2)));
      expect(more.filter(Boolean)).toHaveLength(1);
      await age(database, 86_401);
      expect(await store.expireImages(DAY)).toBe(0);
      expect(await store.changeEntry(entry.id, { outline: [[1, 2]] })).toMatchObject({
        outline: [[1, 2]],
        name: 'A point',
      });
      const found = await store.searchEntries({ visitor: 'ann', limit: 9, bbox: [0, 0, 5, 5] });
      expect(found.entries.map(({ id }) => id)).toEqual([entry.id]);
      expect(await store.removeEntry(entry.id)).toBe(true);
      expect(await store.expireImages(DAY)).toBe(1);
      expect(await store.getEntry(entry.id)).toBeUndefined();
    });
  });
}
