import type { OtherPicture, Pipeline, Size, Step } from '@tessera/contracts';
import { isPictureFormat } from '@tessera/contracts';
import { otherWishes } from '@tessera/imaging';
import type { ImageRow, JobStore } from '@tessera/store';
import { RequestProblems, type Problem } from '../http/problems.ts';

/** Pixels of an image that is repeated, at most: a region may need all of it at once. */
const MOST_REPEATED = 16_000_000;
/** Pixels of an image that is made of another size, at most: a small region may be made of all of it. */
const MOST_FITTED = 50_000_000;

/** Images that steps read besides, by the names that these have for them: ids, or texts. */
export type Others = ReadonlyMap<string, ImageRow>;

/**
 * Finds the images that steps read besides.
 *
 * @throws RequestProblems INVALID_PIPELINE naming the steps whose image is not chosen, is gone, or is no picture.
 */
export async function findOthers(store: Pick<JobStore, 'getImage'>, pipeline: Pipeline): Promise<Others> {
  const named = pipeline.flatMap((step, n) => ('image' in step.params ? [{ n, step, id: step.params.image }] : []));
  const ids = [...new Set(named.map(({ id }) => id))].filter((id) => id !== '');
  const rows = await Promise.all(ids.map((id) => store.getImage(id)));
  const found = new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.id, row]])));
  const problems = named.flatMap(({ n, step, id }): Problem[] => {
    const message = problemOf(id, found.get(id), step);
    return message === undefined ? [] : [{ path: `pipeline.${String(n)}.params.image`, message }];
  });
  if (problems.length > 0) throw new RequestProblems('INVALID_PIPELINE', problems);
  return found;
}

function problemOf(id: string, image: ImageRow | undefined, { op, params }: Step): string | undefined {
  if (id === '') return 'Choose an image.';
  if (image === undefined) return 'This image is not on the site any more. Choose another one.';
  if (!isPictureFormat(image.format)) return 'This is no picture. Choose another one.';
  const pixels = image.width * image.height;
  if ('repeat' in params && params.repeat && pixels > MOST_REPEATED) {
    return `An image that is repeated has at most ${String(MOST_REPEATED / 1e6)} megapixels.`;
  }
  const isFitted = op === 'watermark' ? params.width > 0 : 'fit' in params && params.fit !== 'none';
  if (isFitted && pixels > MOST_FITTED) {
    return `An image that is fitted has at most ${String(MOST_FITTED / 1e6)} megapixels.`;
  }
  return undefined;
}

/** What the plan of a job over a picture says of the images that its steps read besides; absent where none does. */
export function planOthers(pipeline: Pipeline, picture: Size, found: Others): { readonly others?: OtherPicture[] } {
  const others = new Map<string, OtherPicture>();
  for (const { name } of otherWishes(pipeline, picture)) {
    const image = found.get(name);
    if (image !== undefined) others.set(name, otherPicture(name, image));
  }
  return others.size === 0 ? {} : { others: [...others.values()] };
}

function otherPicture(name: string, image: ImageRow): OtherPicture {
  const { id, key, bytes, sha256, format, width, height, channels, depth } = image;
  return { name, id, key, bytes, sha256, format, width, height, channels, ...(depth && { depth }) };
}
