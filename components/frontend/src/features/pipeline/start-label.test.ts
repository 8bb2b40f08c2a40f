import { describe, expect, it } from 'vitest';
import type { UploadState } from '../upload/upload-item.ts';
import { startLabel } from './start-label.ts';

const items = (...states: UploadState[]) =>
  states.map((state, index) => ({ id: String(index), name: 'a', bytes: 1, share: 0, state }));

describe('startLabel', () => {
  it.each([
    ['Start', []],
    ['Start', ['refused']],
    ['Start', ['ready', 'refused']],
    ['Start 2 jobs', ['ready', 'ready']],
    ['Start 3 jobs when uploaded', ['ready', 'sending', 'waiting']],
  ] as const)('says “%s”', (label, states) => {
    expect(startLabel(items(...states))).toBe(label);
  });
});
