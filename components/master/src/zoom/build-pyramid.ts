import { rm } from 'node:fs/promises';
import type { Decoder, Pyramid } from '@tessera/codec';
import type { ObjectStore } from '@tessera/storage';
import { fetchObject } from './fetch-object.ts';
import type { StoredPicture } from './picture.ts';

/** Share of the work that fetching the file is taken for. */
const FETCH_SHARE = 0.15;

export interface BuildParts {
  readonly objects: ObjectStore;
  readonly decoder: Pick<Decoder, 'makePyramid'>;
}

export interface BuildCall {
  /** Path of the pyramid's file, without extension. */
  readonly target: string;
  readonly signal: AbortSignal;
  /** Told how far it is, 0–1. */
  readonly onShare: (share: number) => void;
}

/**
 * Fetches a stored picture and has its pyramid made in a decode child.
 *
 * @throws AppError any code of the image, NOT_FOUND, STORE_UNAVAILABLE, SCRATCH_FULL, CANCELLED
 */
export async function buildPyramid(
  { objects, decoder }: BuildParts,
  picture: StoredPicture,
  { target, signal, onShare }: BuildCall,
): Promise<Pyramid> {
  const source = `${target}.source`;
  let fetched = 0;
  try {
    await fetchObject(objects, picture.key, source, {
      signal,
      onBytes: (bytes) => onShare((FETCH_SHARE * (fetched += bytes)) / Math.max(1, picture.bytes)),
    });
    return await decoder.makePyramid(source, `${target}.tif`, {
      signal,
      onShare: (share) => onShare(FETCH_SHARE + (1 - FETCH_SHARE) * share),
    });
  } finally {
    await rm(source, { force: true });
  }
}
