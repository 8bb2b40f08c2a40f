export { pgliteTemplate } from './pglite-template.ts';
export { createPgliteStore, type PgliteStoreOptions } from './create-pglite-store.ts';
