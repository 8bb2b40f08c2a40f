import { describe, expect, it } from 'vitest';
import { directionOf, preferredLocale } from './locale.ts';

const storage = (value: string | null) => ({ getItem: () => value }) as unknown as Storage;

describe('preferredLocale', () => {
  it.each([
    ['ar', ['en-GB'], 'ar'],
    [null, ['de-DE', 'ar-EG', 'en'], 'ar'],
    ['tlh', ['fr'], 'en'],
    [null, [], 'en'],
  ])('chosen %s, browser %j: %s', (chosen, languages, locale) => {
    expect(preferredLocale(storage(chosen), languages)).toBe(locale);
  });

  it('works without storage', () => {
    expect(preferredLocale(undefined, ['ar'])).toBe('ar');
  });
});

it('writes Arabic from right to left', () => {
  expect([directionOf('en'), directionOf('ar')]).toEqual(['ltr', 'rtl']);
});
