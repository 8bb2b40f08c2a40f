import type { ClearRule } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { RasterBlock } from '../raster/raster-block.ts';

/** Values that a mask band can hold. */
const VALUES = 65_536;

/** Reads mask bands: gives one byte per sample, 1 where the ground was seen clearly. */
export type ClearReader = (mask: RasterBlock) => Uint8Array<ArrayBuffer>;

/** Makes the reader of a rule. */
export function clearReader(rule: ClearRule): ClearReader {
  const clear = new Uint8Array(VALUES);
  if (rule.kind === 'classes') {
    for (const value of rule.clear) clear[value] = 1;
  } else {
    const clouded = rule.zero.reduce((bits, bit) => bits | (1 << bit), 0);
    for (let value = 0; value < VALUES; value++) clear[value] = (value & clouded) === 0 ? 1 : 0;
  }
  return (mask) => {
    const band = mask.bands[0];
    if (!(band instanceof Uint8Array || band instanceof Uint16Array))
      throw new AppError('UNSUPPORTED_RASTER', { details: { mask: mask.type } });
    const measured = mask.valid[0];
    const answer = new Uint8Array(band.length);
    for (let at = 0; at < band.length; at++) answer[at] = measured?.[at] === 0 ? 0 : clear[band[at]!]!;
    return answer;
  };
}
