import { describe, expect, it } from 'vitest';
import { constant, reflect101, replicate, type BorderRule } from './border.ts';

const letters = (rule: BorderRule, length: number): string =>
  Array.from({ length: length + 12 }, (_, index) => rule(index - 6, length))
    .map((index) => (index < 0 ? '.' : String.fromCharCode(97 + index)))
    .join('');

describe('border rules', () => {
  it('mirror at the outermost pixel', () => {
    expect(letters(reflect101, 8)).toBe('gfedcb' + 'abcdefgh' + 'gfedcb');
    // Again and again where the row is shorter than the way beyond it.
    expect(letters(reflect101, 3)).toBe('cbabcb' + 'abc' + 'babcba');
    expect(letters(reflect101, 2)).toBe('ababab' + 'ab' + 'ababab');
    expect(letters(reflect101, 1)).toBe('a'.repeat(13));
  });
  it('repeat the outermost pixel', () => {
    expect(letters(replicate, 3)).toBe('aaaaaa' + 'abc' + 'cccccc');
  });
  it('name no pixel', () => {
    expect(letters(constant, 3)).toBe('......' + 'abc' + '......');
  });
});
