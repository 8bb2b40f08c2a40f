import { describe, expect, it } from 'vitest';
import { ThumbnailMemory } from './thumbnail-memory.ts';

/** A Storage that holds at most `most` characters, as a browser's does. */
function storageOf(most: number): Storage & { size(): number } {
  const map = new Map<string, string>();
  const size = (): number => [...map].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return {
    size,
    get length() {
      return map.size;
    },
    clear: () => {
      map.clear();
    },
    key: (index) => [...map.keys()][index] ?? null,
    getItem: (key) => map.get(key) ?? null,
    removeItem: (key) => {
      map.delete(key);
    },
    setItem: (key, value) => {
      const before = map.get(key);
      map.set(key, value);
      if (size() <= most) return;
      if (before === undefined) map.delete(key);
      else map.set(key, before);
      throw new DOMException('full', 'QuotaExceededError');
    },
  };
}

describe('ThumbnailMemory', () => {
  it('finds a thumbnail after a reload', () => {
    const storage = storageOf(10_000);
    new ThumbnailMemory(storage).keep('a', 'data:1');
    expect(new ThumbnailMemory(storage).find('a')).toBe('data:1');
    expect(new ThumbnailMemory(storage).find('b')).toBeUndefined();
  });

  it('drops the oldest where the space is used up', () => {
    const storage = storageOf(1000);
    const memory = new ThumbnailMemory(storage);
    for (const image of ['a', 'b', 'c', 'd']) memory.keep(image, image.repeat(300));
    const later = new ThumbnailMemory(storage);
    expect(later.find('d')).toBe('d'.repeat(300));
    expect(later.find('a')).toBeUndefined();
  });

  it('keeps a bounded number', () => {
    const storage = storageOf(1e6);
    const memory = new ThumbnailMemory(storage);
    for (let index = 0; index < 100; index += 1) memory.keep(`i${String(index)}`, 'x');
    expect(storage.length).toBe(61);
  });

  it('works without storage and with one that takes nothing', () => {
    for (const storage of [undefined, storageOf(0)]) {
      const memory = new ThumbnailMemory(storage);
      memory.keep('a', 'data:1');
      expect(memory.find('a')).toBe('data:1');
    }
  });
});
