import { objectStoreContract } from '../object-store.contract.ts';
import { createMemoryStore } from './index.ts';

objectStoreContract('memory', () => Promise.resolve({ store: createMemoryStore(), cleanup: () => Promise.resolve() }));
