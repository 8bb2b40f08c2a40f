import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attachment } from '../http/content-disposition.ts';
import { displayName, stemOf } from './display-name.ts';

const HARMLESS = /^[^./\\<>:"|?*&'`\p{Cc}\p{Cf}\p{Cs}][^/\\<>:"|?*&'`\p{Cc}\p{Cf}\p{Cs}]*$/u;

test('keeps ordinary names and the last part of paths', () => {
  expect(displayName('photo.jpg')).toBe('photo.jpg');
  expect(displayName('C:\\pictures\\Größe (1).png')).toBe('Größe (1).png');
  expect(displayName('../../etc/passwd')).toBe('passwd');
  expect(displayName('  a \t\n b .png ')).toBe('a b .png');
  expect(displayName('...')).toBe('image');
  expect(displayName('')).toBe('image');
});

test('cuts long names but keeps the extension', () => {
  expect(displayName(`${'n'.repeat(500)}.jpeg`)).toBe(`${'n'.repeat(115)}.jpeg`);
  expect([...displayName('🙂'.repeat(300))]).toHaveLength(120);
});

test('law: a cleaned name is short, stays as it is, and holds nothing that anybody gives a meaning', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 150 }), (given) => {
      const name = displayName(given);
      expect(displayName(name)).toBe(name);
      expect(name).toMatch(HARMLESS);
      expect([...name].length).toBeLessThanOrEqual(120);
    }),
  );
});

test('law: the header that names a file is plain ASCII without quotes or breaks, and holds the whole name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (given) => {
      const name = displayName(given);
      const header = attachment(name);
      expect(header).toMatch(/^attachment; filename="[\w. -]+"; filename\*=UTF-8''[\w.%~-]+$/);
      expect(decodeURIComponent(header.split("''")[1] ?? '')).toBe(name);
    }),
  );
});

test('a stem is what stands before the extension', () => {
  expect([stemOf('photo.png'), stemOf('archive.tar.gz'), stemOf('.png'), stemOf('photo')]).toEqual([
    'photo',
    'archive.tar',
    'image',
    'photo',
  ]);
});
