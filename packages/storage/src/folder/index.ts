export { createFolderStore, type FolderStoreOptions } from './folder-store.ts';
