import type { OperationName } from '@tessera/contracts';
import type { Operation } from './operation.ts';
import type { Samples } from './raster.ts';
import { connectedComponents } from './operations/analysis/connected-components/connected-components.ts';
import { statistics } from './operations/analysis/statistics.ts';
import { bilateral } from './operations/blur/bilateral.ts';
import { boxBlur } from './operations/blur/box-blur.ts';
import { gaussianBlur } from './operations/blur/gaussian-blur.ts';
import { median } from './operations/blur/median.ts';
import { motionBlur } from './operations/blur/motion-blur.ts';
import { nonLocalMeans } from './operations/blur/non-local-means/non-local-means.ts';
import { rankFilter } from './operations/blur/rank-filter.ts';
import { channelMixer } from './operations/colour/channel-mixer.ts';
import { grayscale } from './operations/colour/grayscale.ts';
import { hueSaturationLightness } from './operations/colour/hue-saturation-lightness.ts';
import { sepia } from './operations/colour/sepia.ts';
import { swapRedBlue } from './operations/colour/swap-red-blue.ts';
import { tint } from './operations/colour/tint.ts';
import { whiteBalance } from './operations/colour/white-balance.ts';
import { autoLevels } from './operations/distribution/auto-levels.ts';
import { equalizeHistogram } from './operations/distribution/equalize-histogram.ts';
import { grayWorld } from './operations/distribution/gray-world.ts';
import { kMeans } from './operations/distribution/k-means/k-means.ts';
import { normalize } from './operations/distribution/normalize.ts';
import { otsu } from './operations/distribution/otsu.ts';
import { blend } from './operations/combine/blend.ts';
import { mask } from './operations/combine/mask.ts';
import { watermark } from './operations/combine/watermark.ts';
import { watermarkText } from './operations/combine/watermark-text.ts';
import { emboss } from './operations/detail/emboss.ts';
import { filter2d } from './operations/detail/filter2d.ts';
import { highPass } from './operations/detail/high-pass.ts';
import { sharpen } from './operations/detail/sharpen.ts';
import { unsharpMask } from './operations/detail/unsharp-mask.ts';
import { adaptiveThreshold } from './operations/edges/adaptive-threshold.ts';
import { canny } from './operations/edges/canny/canny.ts';
import { cannyOtsu } from './operations/edges/canny-otsu.ts';
import { prewitt, scharr, sobel } from './operations/edges/gradient.ts';
import { laplacian } from './operations/edges/laplacian.ts';
import { overlayEdges } from './operations/edges/overlay-edges.ts';
import { floodFill } from './operations/effects/flood-fill/flood-fill.ts';
import { pixelate } from './operations/effects/pixelate.ts';
import { vignette } from './operations/effects/vignette.ts';
import { affine } from './operations/geometry/affine.ts';
import { crop } from './operations/geometry/crop.ts';
import { trim } from './operations/geometry/trim.ts';
import { flip, flop } from './operations/geometry/mirror.ts';
import { pad } from './operations/geometry/pad.ts';
import { perspective } from './operations/geometry/perspective.ts';
import { resize } from './operations/geometry/resize.ts';
import { rotate } from './operations/geometry/rotate.ts';
import { dilate, erode } from './operations/morphology/dilate-erode.ts';
import { morphology } from './operations/morphology/morphology.ts';
import { brightnessContrast } from './operations/tone/brightness-contrast.ts';
import { clahe } from './operations/tone/clahe/clahe.ts';
import { curves } from './operations/tone/curves.ts';
import { gamma } from './operations/tone/gamma.ts';
import { invert } from './operations/tone/invert.ts';
import { levels } from './operations/tone/levels.ts';
import { posterize } from './operations/tone/posterize.ts';
import { solarize } from './operations/tone/solarize.ts';
import { threshold } from './operations/tone/threshold.ts';

const operations: { readonly [Op in OperationName]: Operation<Op, Samples> } = {
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
  clahe,
  'hue-saturation-lightness': hueSaturationLightness,
  'white-balance': whiteBalance,
  sepia,
  tint,
  'channel-mixer': channelMixer,
  'auto-levels': autoLevels,
  'equalize-histogram': equalizeHistogram,
  normalize,
  'gray-world': grayWorld,
  otsu,
  'k-means': kMeans,
  'box-blur': boxBlur,
  'motion-blur': motionBlur,
  bilateral,
  'non-local-means': nonLocalMeans,
  'rank-filter': rankFilter,
  'unsharp-mask': unsharpMask,
  'high-pass': highPass,
  emboss,
  filter2d,
  sobel,
  scharr,
  prewitt,
  laplacian,
  'overlay-edges': overlayEdges,
  'adaptive-threshold': adaptiveThreshold,
  'canny-otsu': cannyOtsu,
  morphology,
  'flood-fill': floodFill,
  pixelate,
  vignette,
  crop,
  trim,
  resize,
  rotate,
  flip,
  flop,
  pad,
  affine,
  perspective,
  statistics,
  'connected-components': connectedComponents,
  blend,
  mask,
  watermark,
  'watermark-text': watermarkText,
};

/**
 * The operation of that name: what it reads and how it computes. Only what its `depths` tell may be given to it, which is
 * for the plan to check.
 */
export function operationFor<Op extends OperationName, S extends Samples = Uint8Array>(op: Op): Operation<Op, S> {
  return operations[op] as Operation<Op, S>;
}
