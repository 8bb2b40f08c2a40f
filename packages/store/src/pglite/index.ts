export { createPgliteStore, type PgliteStoreOptions } from './create-pglite-store.ts';
