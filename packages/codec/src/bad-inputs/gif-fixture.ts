import { accepted, refused, type BadInput } from './bad-input-fixture.ts';

const HEADER = Buffer.from('474946383961', 'hex');
/** A global table of two colours. */
const COLOURS = Buffer.from('000000ffffff', 'hex');
const TRAILER = Buffer.of(0x3b);

const u16 = (value: number): Buffer => Buffer.of(value & 0xff, value >> 8);
const screen = (width: number, height: number): Buffer =>
  Buffer.concat([HEADER, u16(width), u16(height), Buffer.of(0x80, 0, 0), COLOURS]);
/** One pixel of the first colour: clear code, colour, end code, in 2-bit codes that grow to 3. */
const FRAME = Buffer.concat([Buffer.of(0x2c, 0, 0, 0, 0), u16(1), u16(1), Buffer.of(0, 2, 2, 0x44, 0x01, 0)]);

const gif = (width: number, height: number, frames: number): Buffer =>
  Buffer.concat([screen(width, height), ...Array.from({ length: frames }, () => FRAME), TRAILER]);

/** GIFs that ask for too much, broken ones, and odd ones that are fine. */
export const GIF_INPUTS: readonly BadInput[] = [
  accepted(31, 'GIF with a script behind its end', () =>
    Buffer.concat([gif(1, 1, 1), Buffer.from('=1;alert(1)', 'latin1')]),
  ),
  refused(34, 'GIF of 100,000 frames', 'TOO_MANY_FRAMES', () => gif(1, 1, 100_000)),
  refused(35, 'GIF of 2,000 frames', 'TOO_MANY_FRAMES', () => gif(1, 1, 2000)),
  refused(36, 'GIF with a canvas of 65535 × 65535', 'TOO_MANY_PIXELS', () => gif(65_535, 65_535, 1)),
  refused(36, 'GIF with a canvas of 19000 × 19000', 'TOO_MANY_PIXELS', () => gif(19_000, 19_000, 1)),
  refused(36, 'GIF cut off', 'TRUNCATED_IMAGE', () => gif(1, 1, 1).subarray(0, -3)),
  refused(36, 'GIF without a frame', 'CORRUPT_IMAGE', () => gif(1, 1, 0)),
];
