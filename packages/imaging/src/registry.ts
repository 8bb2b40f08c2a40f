import type { OperationName } from '@tessera/contracts';
import type { Operation } from './operation.ts';
import { canny } from './operations/canny/canny.ts';
import { dilate, erode } from './operations/morphology.ts';
import { gaussianBlur } from './operations/gaussian-blur.ts';
import { channelMixer } from './operations/colour/channel-mixer.ts';
import { grayscale } from './operations/colour/grayscale.ts';
import { hueSaturationLightness } from './operations/colour/hue-saturation-lightness.ts';
import { sepia } from './operations/colour/sepia.ts';
import { swapRedBlue } from './operations/colour/swap-red-blue.ts';
import { tint } from './operations/colour/tint.ts';
import { whiteBalance } from './operations/colour/white-balance.ts';
import { median } from './operations/median.ts';
import { sharpen } from './operations/sharpen.ts';
import { brightnessContrast } from './operations/tone/brightness-contrast.ts';
import { curves } from './operations/tone/curves.ts';
import { gamma } from './operations/tone/gamma.ts';
import { invert } from './operations/tone/invert.ts';
import { levels } from './operations/tone/levels.ts';
import { posterize } from './operations/tone/posterize.ts';
import { solarize } from './operations/tone/solarize.ts';
import { threshold } from './operations/tone/threshold.ts';

const operations: { readonly [Op in OperationName]: Operation<Op> } = {
  grayscale,
  canny,
  threshold,
  invert,
  'gaussian-blur': gaussianBlur,
  sharpen,
  median,
  dilate,
  erode,
  'swap-red-blue': swapRedBlue,
  'brightness-contrast': brightnessContrast,
  gamma,
  levels,
  curves,
  posterize,
  solarize,
  'hue-saturation-lightness': hueSaturationLightness,
  'white-balance': whiteBalance,
  sepia,
  tint,
  'channel-mixer': channelMixer,
};

/** The operation of that name: what it reads and how it computes. */
export function operationFor<Op extends OperationName>(op: Op): Operation<Op> {
  return operations[op];
}
