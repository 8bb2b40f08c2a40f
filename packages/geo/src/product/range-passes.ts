import type { RasterPicture, SampleType } from '@tessera/contracts';
import { passesOf } from '../paint/find-range.ts';

/** How often the whole raster is looked at before its picture can be painted. */
export function rangePasses(picture: RasterPicture, type: SampleType): number {
  return picture.kind === 'rgb' ? 0 : passesOf(picture.stretch, type);
}
