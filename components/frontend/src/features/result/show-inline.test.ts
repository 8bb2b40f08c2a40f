import { describe, expect, it } from 'vitest';
import { jobFixture } from '../../api/job-fixture.ts';
import { mayShowSource, whyNotInline } from './show-inline.ts';

const result = (format: string, width: number) => ({
  result: {
    url: '',
    bytes: 1,
    format,
    width,
    height: 10_000,
    channels: 3,
    pixelDigest: '',
    verified: false,
    reused: false,
  },
});

describe('whyNotInline', () => {
  it('names what a browser can not show', () => {
    expect(whyNotInline(result('tiff', 10))).toContain('TIFF');
    expect(whyNotInline(result('png', 6001))).toContain('too large');
    expect(whyNotInline(result('png', 6000))).toBeUndefined();
  });
});

describe('mayShowSource', () => {
  it('is for sources that browsers read and hold', () => {
    const { image, output } = jobFixture();
    expect(mayShowSource({ image, output })).toBe(true);
    expect(mayShowSource({ image: { ...image, name: 'scan.TIF' }, output })).toBe(false);
    expect(mayShowSource({ image, output: { ...output, width: 12_000, height: 12_000 } })).toBe(false);
  });
});
