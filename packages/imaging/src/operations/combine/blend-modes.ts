import type { OperationParams } from '@tessera/contracts';

/** What becomes of a level of the backdrop, 0–255, and one of the layer over it, before opacity counts. */
export type MixLevels = (backdrop: number, layer: number) => number;

/** The product of two levels as shares of 255, rounded; 255 is odd, so that no product lies between two levels. */
export function multiplyLevels(a: number, b: number): number {
  const sum = a * b + 128;
  return (sum + (sum >> 8)) >> 8;
}

const screen: MixLevels = (backdrop, layer) => 255 - multiplyLevels(255 - backdrop, 255 - layer);

/**
 * The blend modes of W3C's Compositing and Blending, Level 1, in levels of 8 bits; `add` and `subtract` are sum and
 * difference, cut off. The vectors (assembly/lay-over.ts) number them in this order.
 */
const BLEND_MODES: Readonly<Record<OperationParams<'blend'>['mode'], MixLevels>> = {
  normal: (_, layer) => layer,
  multiply: multiplyLevels,
  screen,
  overlay: (backdrop, layer) =>
    backdrop < 128 ? multiplyLevels(2 * backdrop, layer) : screen(2 * backdrop - 255, layer),
  darken: (backdrop, layer) => Math.min(backdrop, layer),
  lighten: (backdrop, layer) => Math.max(backdrop, layer),
  difference: (backdrop, layer) => Math.abs(backdrop - layer),
  add: (backdrop, layer) => Math.min(255, backdrop + layer),
  subtract: (backdrop, layer) => Math.max(0, backdrop - layer),
};

type Mode = keyof typeof BLEND_MODES;

/** All modes; the place of one is the number by which the vectors know it. */
export const MODES = Object.keys(BLEND_MODES) as readonly Mode[];

const tables = new Map<Mode, Uint8Array>();

/** A mode as a table, made once: the result of `backdrop` and `layer` is at `256 * backdrop + layer`. */
export function tableOfMode(mode: Mode): Uint8Array {
  const mix = BLEND_MODES[mode];
  const table = tables.get(mode) ?? Uint8Array.from({ length: 65_536 }, (_, at) => mix(at >> 8, at & 255));
  tables.set(mode, table);
  return table;
}
