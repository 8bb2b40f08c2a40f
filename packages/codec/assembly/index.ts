export { adler32 } from './adler32';
export { deflate } from './deflate';
export { filterRows } from './filter';

/** Where memory is free: everything from here on belongs to the caller. */
export function freeMemory(): usize {
  return __heap_base;
}
