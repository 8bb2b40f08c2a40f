import { createHash } from 'node:crypto';
import { PYRAMID_TILE, pyramidLevels } from '@tessera/codec';
import type { HistogramDto, ZoomDto } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { JobStore } from '@tessera/store';
import type { Request, Response } from 'express';
import { sendObject } from '../http/send-object.ts';
import { sendView } from '../http/send-view.ts';
import { pictureOfImage, pictureOfResult, tiledResult, type StoredPicture } from '../zoom/picture.ts';
import { tileKey, zoomOfTiles, type TiledResult } from '../zoom/result-tiles.ts';
import type { TilePlace, Zoom } from '../zoom/zoom.ts';
import type { HandlersOf } from './parts.ts';

/** Version of how views are encoded; a change of quality or kernel has browsers fetch anew. */
const VIEW_VERSION = 1;
/** Milliseconds that a histogram waits for the pixels to be counted. */
const PATIENCE = 20_000;

export interface ZoomParts {
  readonly store: Pick<JobStore, 'getImage' | 'getJob'>;
  readonly zoom: Zoom;
  readonly objects: ObjectStore;
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

export function zoomHandlers({ store, zoom, objects }: ZoomParts): HandlersOf<Ids> {
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
  const tilesOf = async ({ job }: { readonly job: string }) => {
    const row = await store.getJob(job);
    return row && tiledResult(row);
  };
  /** A tile of a result that is made of tiles. */
  const storedTile = async (tiled: TiledResult, params: Written<TilePlace>, request: Request, response: Response) => {
    const place = { level: whole(params.level), column: whole(params.column), row: whole(params.row) };
    const facts = await objects.head(tileKey(tiled, place));
    if (facts === undefined) throw new AppError('NOT_FOUND');
    const { key, bytes, contentType } = facts;
    const tag = `"${createHash('sha256').update(key).digest('base64url').slice(0, 22)}"`;
    await sendObject(request, response, objects, { key, bytes, contentType, tag, name: key.split('/').at(-1) ?? '' });
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
    async getResultZoom({ params }) {
      const tiled = await tilesOf(params);
      return tiled ? zoomOfTiles(tiled) : zoomDto(zoom, await ofResult(params));
    },
    getImageTile: async ({ params, request, response }) => tile(await ofImage(params), params, request, response),
    async getResultTile({ params, request, response }) {
      const tiled = await tilesOf(params);
      if (tiled) await storedTile(tiled, params, request, response);
      else await tile(await ofResult(params), params, request, response);
    },
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
    async getResultHistogram({ params, response }) {
      if (await tilesOf(params)) {
        throw new AppError('UNSUPPORTED_FORMAT', { message: 'Levels of a result of tiles are not counted.' });
      }
      return histogram(await ofResult(params), response);
    },
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
