import { describe, expect, it } from 'vitest';
import { AppError } from '@tessera/runtime';
import { codecError } from './codec-error.ts';

describe('codecError', () => {
  it.each([
    ['wbuffer_write: write failed\nsystem error: No space left on device', 'SCRATCH_FULL'],
    ['Input image exceeds pixel limit', 'TOO_MANY_PIXELS'],
    ['Input image exceeds channel limit', 'TOO_MANY_CHANNELS'],
    ['out of memory --- size == 400MB', 'DECODE_OOM'],
    ['tiff2vips: ZSTD compression support is not configured', 'UNSUPPORTED_FORMAT'],
    ['VipsJpeg: premature end of JPEG image', 'TRUNCATED_IMAGE'],
    ['vipspng: libpng read error', 'CORRUPT_IMAGE'],
  ])('knows what %s means', (text, code) => {
    expect(codecError(new Error(text)).code).toBe(code);
  });

  it('tells errors of the file system and of the program from those of the image', () => {
    expect(codecError(Object.assign(new Error('ENOSPC: no space left'), { syscall: 'write' })).code).toBe(
      'SCRATCH_FULL',
    );
    expect(codecError(Object.assign(new Error('EIO: i/o error'), { syscall: 'read' })).code).toBe('INTERNAL');
    expect(codecError(new TypeError('undefined is not a function')).code).toBe('INTERNAL');
  });

  it('leaves errors of ours as they are', () => {
    const error = new AppError('TOO_MANY_SCANS');
    expect(codecError(error)).toBe(error);
  });
});
