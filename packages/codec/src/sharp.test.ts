import { expect, it } from 'vitest';
import { sharp } from './sharp.ts';

const numbers = (version: string): number => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major * 1e6 + minor * 1e3 + patch;
};

it('brings its own libraries, none older than the last known hole', () => {
  // sharp 0.35: CVE-2026-33327, -33328, -35590, -35591. libwebp 1.3.2: CVE-2023-4863. libvips 8.18: not Debian's 8.14.
  expect(numbers(sharp.versions.sharp)).toBeGreaterThanOrEqual(numbers('0.35.0'));
  expect(numbers(sharp.versions.webp!)).toBeGreaterThanOrEqual(numbers('1.3.2'));
  expect(numbers(sharp.versions.vips)).toBeGreaterThanOrEqual(numbers('8.18.0'));
});

it('uses one thread for each image', () => {
  expect(sharp.concurrency()).toBe(1);
});
