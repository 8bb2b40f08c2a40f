import { describe, expect, it } from 'vitest';
import { planOutputs } from './output-path.ts';

describe('planOutputs', () => {
  it('keeps the stem and takes the extension of the format', () => {
    expect(planOutputs(['a/photo.jpeg', 'b/scan'], 'out', 'tiff')).toEqual([
      { input: 'a/photo.jpeg', output: 'out/photo.tif' },
      { input: 'b/scan', output: 'out/scan.tif' },
    ]);
  });

  it('refuses before any work when two inputs would become one file', () => {
    expect(() => planOutputs(['a/x.jpg', 'b/x.png'], 'out', 'png')).toThrow(
      'a/x.jpg and b/x.png would both become out/x.png',
    );
  });

  it('refuses to write a result over its input', () => {
    expect(() => planOutputs(['./x.png'], '.', 'png')).toThrow(/overwritten/);
  });
});
