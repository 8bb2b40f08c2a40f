import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ItemList } from './item-list.ts';
import type { UploadItem } from './upload-item.ts';

const item = (id: string): UploadItem => ({ id, name: id, bytes: 1, state: 'waiting', share: 0 });

describe('what the tray is told of', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is the first picture of what was added at once, even while other changes wait; the others many at a time', () => {
    const list = new ItemList();
    let told = 0;
    list.subscribe(() => (told += 1));
    list.add([item('a'), item('b'), item('c')]);
    vi.advanceTimersByTime(5);
    expect(told).toBe(1);
    list.patch('a', { facts: { format: 'jpeg', progressive: false } });
    vi.advanceTimersByTime(5);
    expect(told).toBe(1);
    list.patch('a', { thumbnail: 'blob:a' });
    vi.advanceTimersByTime(5);
    expect(told).toBe(2);
    list.patch('b', { thumbnail: 'blob:b' });
    list.patch('c', { thumbnail: 'blob:c' });
    vi.advanceTimersByTime(50);
    expect(told).toBe(2);
    vi.advanceTimersByTime(60);
    expect(told).toBe(3);
  });
});
