import { createHash } from 'node:crypto';
import { PYRAMID_TILE, pyramidLevels } from '@tessera/codec';
import type { HistogramDto, ZoomDto } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import type { JobStore } from '@tessera/store';
import type { Request, Response } from 'express';
import { sendView } from '../http/send-view.ts';
import { pictureOfImage, pictureOfResult, type StoredPicture } from '../zoom/picture.ts';
import type { TilePlace, Zoom } from '../zoom/zoom.ts';
import type { HandlersOf } from './parts.ts';

/** Version of how views are encoded; a change of quality or kernel has browsers fetch anew. */
const VIEW_VERSION = 1;
/** Milliseconds that a histogram waits for the pixels to be counted. */
const PATIENCE = 20_000;

export interface ZoomParts {
  readonly store: Pick<JobStore, 'getImage' | 'getJob'>;
  readonly zoom: Zoom;
}

type Ids =
  | 'getImageZoom'
  | 'getImageTile'
  | 'getImageThumbnail'
  | 'getImageHistogram'
  | 'getResultZoom'
  | 'getResultTile'
  | 'getResultThumbnail'
  | 'getResultHistogram';

export function zoomHandlers({ store, zoom }: ZoomParts): HandlersOf<Ids> {
  const ofImage = async ({ image: id }: { readonly image: string }): Promise<StoredPicture> => {
    const image = await store.getImage(id);
    if (image === undefined) throw new AppError('NOT_FOUND');
    return pictureOfImage(image);
  };
  const ofResult = async ({ job: id }: { readonly job: string }): Promise<StoredPicture> => {
    const job = await store.getJob(id);
    if (job === undefined) throw new AppError('NOT_FOUND');
    return pictureOfResult(job);
  };

  const tile = (picture: StoredPicture, params: Written<TilePlace>, request: Request, response: Response) => {
    const place = { level: whole(params.level), column: whole(params.column), row: whole(params.row) };
    const tag = tagOf(picture, 'tile', place.level, place.column, place.row);
    return sendView(request, response, tag, (signal) => zoom.tile(picture, place, signal));
  };
  const histogram = async (picture: StoredPicture, response: Response): Promise<HistogramDto> => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { pyramid, release } = await zoom.pyramids.acquire(picture, { signal: gone.signal, patience: PATIENCE });
    release();
    response.setHeader('Cache-Control', 'private, max-age=86400, immutable');
    return {
      channels: pyramid.histogram.map((counts, at) => ({
        name: channelName(at, picture.channels),
        counts: [...counts],
      })),
    };
  };
  return {
    getImageZoom: async ({ params }) => zoomDto(zoom, await ofImage(params)),
    getResultZoom: async ({ params }) => zoomDto(zoom, await ofResult(params)),
    getImageTile: async ({ params, request, response }) => tile(await ofImage(params), params, request, response),
    getResultTile: async ({ params, request, response }) => tile(await ofResult(params), params, request, response),
    async getImageThumbnail({ params, query: { side }, request, response }) {
      const picture = await ofImage(params);
      const make = (signal: AbortSignal) => zoom.thumbnails.get(picture, side, signal);
      await sendView(request, response, tagOf(picture, 'thumbnail', side), make);
    },
    async getResultThumbnail({ params, query: { side }, request, response }) {
      const picture = await ofResult(params);
      const make = (signal: AbortSignal) => zoom.thumbnails.get(picture, side, signal);
      await sendView(request, response, tagOf(picture, 'thumbnail', side), make);
    },
    getImageHistogram: async ({ params, response }) => histogram(await ofImage(params), response),
    getResultHistogram: async ({ params, response }) => histogram(await ofResult(params), response),
  };
}

type Written<Numbers> = { readonly [Name in keyof Numbers]: string };

/** @throws AppError NOT_FOUND for what is no whole number. */
function whole(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new AppError('NOT_FOUND');
  return Number(text);
}

/** Keys tell where objects lie, which is nobody's business: the tag carries a hash of it. */
function tagOf(picture: StoredPicture, ...what: readonly (string | number)[]): string {
  const hash = createHash('sha256').update([picture.key, picture.bytes, VIEW_VERSION].join(' ')).digest('base64url');
  return `"${hash.slice(0, 22)}-${what.join('-')}"`;
}

function zoomDto(zoom: Zoom, picture: StoredPicture): ZoomDto {
  const { share, ready } = zoom.pyramids.look(picture);
  return {
    state: ready ? 'ready' : 'preparing',
    share,
    width: picture.width,
    height: picture.height,
    tileSize: PYRAMID_TILE,
    levels: pyramidLevels(picture).toReversed(),
  };
}

function channelName(at: number, channels: number): HistogramDto['channels'][number]['name'] {
  if (channels < 3) return at === 0 ? 'gray' : 'alpha';
  return (['red', 'green', 'blue', 'alpha'] as const)[at] ?? 'alpha';
}
