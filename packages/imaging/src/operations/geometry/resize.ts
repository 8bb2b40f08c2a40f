import type { OperationParams, Region, Size } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { GeometryOperation } from '../../operation.ts';
import { bytesOf, createRaster, type Raster, type Samples, type Window } from '../../raster.ts';
import { intersect } from '../../region.ts';
import { backgroundOf, fillBackground } from './background.ts';
import { createDeep, type DeepRaster } from '../deep/deep-raster.ts';
import { resampleDeep } from '../deep/deep-resample.ts';
import { geometryInBoth } from '../deep/in-both-depths.ts';
import { bytesOfPixel } from '../deep/move-bytes.ts';
import { resample, resampleNeeds } from './resample.ts';

type Params = OperationParams<'resize'>;

const shallow: GeometryOperation<'resize'> = {
  op: 'resize',
  kind: 'geometry',
  channels: (input) => input,
  size: (params, picture) => fittingOf(params, picture).size,
  needs: (params, region, picture) => {
    const { scaled, seen } = partOf(params, region, picture);
    // What is background only is made of nothing.
    if (seen === undefined) return { x: 0, y: 0, width: 1, height: 1 };
    return resampleNeeds(seen, picture, scaled, params.kernel);
  },
  apply: (input, region, picture, params) => {
    const { channels } = input.raster;
    const blank = (): Raster => {
      const output = createRaster(region.width, region.height, channels);
      fillBackground(output.data, backgroundOf(params, channels));
      return output;
    };
    return fitInto(blank, resample, input, region, picture, params);
  },
};

/** As Pillow's resize: every pixel is weighed in by kernels that grow as the picture shrinks. */
export const resize = geometryInBoth(shallow, {
  apply: (input, region, picture, params) => {
    const { channels } = input.raster;
    const blank = (): DeepRaster => {
      const output = createDeep(region.width, region.height, channels);
      fillBackground(bytesOf(output.data), bytesOfPixel(backgroundOf(params, channels)));
      return output;
    };
    return fitInto(blank, resampleDeep, input, region, picture, params);
  },
});

/** How a picture is put into the result. */
interface Fitting {
  readonly size: Size;
  /** Size that the picture is made, and where its corner lies in the result; before it where it is cut off. */
  readonly scaled: Size;
  readonly x: number;
  readonly y: number;
}

const rounded = (length: number): number => Math.max(1, Math.round(length));

function fittingOf(params: Params, picture: Size): Fitting {
  const wanted = wantedOf(params, picture);
  const [across, down] = [wanted.width / picture.width, wanted.height / picture.height];
  const by = (scale: number): Size => {
    if (scale > 1 && !params.enlarge) return picture;
    return scale === across
      ? { width: wanted.width, height: rounded(picture.height * scale) }
      : { width: rounded(picture.width * scale), height: wanted.height };
  };
  const plain = (size: Size): Fitting => ({ size, scaled: size, x: 0, y: 0 });
  const middle = (size: Size, scaled: Size): Fitting => ({
    size,
    scaled,
    x: Math.floor((size.width - scaled.width) / 2),
    y: Math.floor((size.height - scaled.height) / 2),
  });
  const kept = params.enlarge ? wanted : lesser(wanted, picture);
  const [smaller, larger] = [Math.min(across, down), Math.max(across, down)];
  switch (params.fit) {
    case 'fill':
      return plain(kept);
    case 'inside':
      return plain(by(smaller));
    case 'outside':
      return plain(by(larger));
    case 'contain':
      return middle(wanted, by(smaller));
    case 'cover':
      return middle(kept, by(larger));
  }
}

const lesser = (a: Size, b: Size): Size => ({
  width: Math.min(a.width, b.width),
  height: Math.min(a.height, b.height),
});

/** Whether a picture is put on a larger canvas as it is. */
export function isOnlyPlaced(params: Params, picture: Size): boolean {
  if (params.enlarge || params.fit !== 'contain') return false;
  const { scaled } = fittingOf(params, picture);
  return scaled.width === picture.width && scaled.height === picture.height;
}

function wantedOf({ width, height, percent }: Params, picture: Size): Size {
  if (percent > 0) {
    return { width: rounded((picture.width * percent) / 100), height: rounded((picture.height * percent) / 100) };
  }
  if (width > 0 && height > 0) return { width, height };
  if (width > 0) return { width, height: rounded((picture.height * width) / picture.width) };
  if (height > 0) return { width: rounded((picture.width * height) / picture.height), height };
  throw new AppError('INVALID_PIPELINE', { message: 'Give a width, a height or a percentage to resize to.' });
}

/** What a region of the result shows of the picture at its new size. */
function partOf(params: Params, region: Region, picture: Size): Fitting & { readonly seen: Region | undefined } {
  const fitting = fittingOf(params, picture);
  const { scaled, x, y } = fitting;
  const moved = { ...region, x: region.x - x, y: region.y - y };
  return { ...fitting, seen: intersect(moved, { x: 0, y: 0, ...scaled }) };
}

type Resample<S extends Samples> = (
  input: Window<S>,
  region: Region,
  picture: Size,
  size: Size,
  kernel: Params['kernel'],
) => Raster<S>;

/** @param blank makes a region of background. */
function fitInto<S extends Samples>(
  blank: () => Raster<S>,
  resampled: Resample<S>,
  input: Window<S>,
  region: Region,
  picture: Size,
  params: Params,
): Raster<S> {
  const { scaled, seen, x, y } = partOf(params, region, picture);
  if (seen?.width === region.width && seen.height === region.height) {
    return resampled(input, seen, picture, scaled, params.kernel);
  }
  const output = blank();
  if (seen === undefined) return output;
  const made = resampled(input, seen, picture, scaled, params.kernel);
  const [left, top] = [seen.x + x - region.x, seen.y + y - region.y];
  const samples = seen.width * input.raster.channels;
  for (let row = 0; row < seen.height; row++) {
    const line = made.data.subarray(row * samples, (row + 1) * samples);
    output.data.set(line, ((top + row) * region.width + left) * input.raster.channels);
  }
  return output;
}
