import type { CatalogueStore } from './catalogue-store.ts';
import type { Database } from './database.ts';
import { catalogueChanges, catalogueFeed } from './sql/catalogue-changes.ts';
import { productExtents } from './sql/catalogue-extents.ts';
import { getPeer, notePeer } from './sql/catalogue-peers.ts';
import { changeEntry, changeProduct, getEntry, getProduct, insertEntry, removeItem } from './sql/change-catalogue.ts';
import { countShared } from './sql/count-shared.ts';
import { putRecords } from './sql/put-records.ts';
import { searchEntries, searchProducts } from './sql/search-catalogue.ts';

/** What is on the map, in a database whose schema is up to date. */
export function createCatalogueStore(database: Database): CatalogueStore {
  return {
    searchProducts: (query) => searchProducts(database, query),
    getProduct: (id) => getProduct(database, id),
    changeProduct: (id, patch) => changeProduct(database, id, patch),
    countShared: (visitor) => countShared(database, visitor),
    removeProduct: (id) => removeItem(database, 'catalogue_products', id),
    productExtents: () => productExtents(database),
    insertEntry: (entry, most) => insertEntry(database, entry, most),
    searchEntries: (query) => searchEntries(database, query),
    getEntry: (id) => getEntry(database, id),
    changeEntry: (id, patch) => changeEntry(database, id, patch),
    removeEntry: (id) => removeItem(database, 'catalogue_entries', id),
    catalogueFeed: () => catalogueFeed(database),
    catalogueChanges: (query) => catalogueChanges(database, query),
    putRecords: (records) => putRecords(database, records),
    getPeer: (url) => getPeer(database, url),
    notePeer: (url, peer) => notePeer(database, url, peer),
  };
}
