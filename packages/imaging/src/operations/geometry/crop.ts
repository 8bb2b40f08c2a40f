import type { OperationParams, Region, Size } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { crop as cut } from '../../crop.ts';
import type { GeometryOperation } from '../../operation.ts';
import { geometryInBoth } from '../deep/in-both-depths.ts';
import { intersect, wholeOf } from '../../region.ts';

const shallow: GeometryOperation<'crop'> = {
  op: 'crop',
  kind: 'geometry',
  channels: (input) => input,
  size: (params, picture) => {
    const { width, height } = keptOf(params, picture);
    return { width, height };
  },
  needs: (params, region) => ({ ...region, x: params.x + region.x, y: params.y + region.y }),
  apply: (input, region, _picture, params) => cut(input, { ...region, x: params.x + region.x, y: params.y + region.y }),
};

/** A rectangle of the picture, as far as it lies in it. */
export const crop = geometryInBoth(shallow, {
  apply: (input, region, _picture, params) => cut(input, { ...region, x: params.x + region.x, y: params.y + region.y }),
});

function keptOf(params: OperationParams<'crop'>, picture: Size): Region {
  const kept = intersect(params, wholeOf(picture));
  if (kept) return kept;
  throw new AppError('INVALID_PIPELINE', {
    message: `The rectangle to keep begins at ${params.x}, ${params.y}; the image has ${picture.width} × ${picture.height} pixels there.`,
  });
}
