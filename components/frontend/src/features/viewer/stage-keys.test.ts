import { describe, expect, it } from 'vitest';
import { moveOfKey } from './stage-keys.ts';

const key = (name: string, held: object = {}) =>
  moveOfKey({ key: name, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...held });

describe('moveOfKey', () => {
  it('moves the view the way the arrow points, further with the shift key', () => {
    expect(key('ArrowLeft')).toEqual({ kind: 'pan', right: -0.1, down: 0 });
    expect(key('ArrowDown', { shiftKey: true })).toEqual({ kind: 'pan', right: 0, down: 0.5 });
  });

  it('zooms, goes home, to 100 %, and tells', () => {
    expect(key('+')).toEqual({ kind: 'zoom', factor: 1.5 });
    expect(key('-')).toMatchObject({ kind: 'zoom' });
    expect(key('0')).toEqual({ kind: 'home' });
    expect(key('1')).toEqual({ kind: 'full' });
    expect(key('؟')).toEqual({ kind: 'tell' });
  });

  it('leaves the browser its own keys, and all others', () => {
    expect(key('+', { ctrlKey: true })).toBeUndefined();
    expect(key('ArrowLeft', { altKey: true })).toBeUndefined();
    expect(key('Tab')).toBeUndefined();
  });
});
