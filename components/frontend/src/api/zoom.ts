import { useQuery } from '@tanstack/react-query';
import type { histogramSchema, zoomSchema, HistogramDto, ThumbnailSide, ZoomDto } from '@tessera/contracts';
import { API, request } from './request.ts';

/** A picture that can be looked at from near: an uploaded image, or the result of a job. */
export interface ZoomSource {
  readonly kind: 'image' | 'job';
  readonly id: string;
}

/** Milliseconds between two looks while the levels are being prepared. */
const LOOK_EVERY = 700;

function pathOf({ kind, id }: ZoomSource): string {
  return `/${kind === 'image' ? 'images' : 'jobs'}/${encodeURIComponent(id)}`;
}

/** Address of a tile; level 0 is the smallest. */
export function tileUrl(source: ZoomSource, level: number, column: number, row: number): string {
  return `${API}${pathOf(source)}/zoom/${String(level)}/${String(column)}/${String(row)}`;
}

/** Address of a small picture whose longest side is at most `side` pixels. */
export function thumbnailUrl(source: ZoomSource, side: ThumbnailSide): string {
  return `${API}${pathOf(source)}/thumbnail?side=${String(side)}`;
}

export function getZoom(source: ZoomSource, signal: AbortSignal): Promise<ZoomDto> {
  return request<typeof zoomSchema>(`${pathOf(source)}/zoom`, { signal });
}

export function getHistogram(source: ZoomSource, signal: AbortSignal): Promise<HistogramDto> {
  return request<typeof histogramSchema>(`${pathOf(source)}/histogram`, { signal });
}

/**
 * The levels of a picture. Asking has them prepared; while that goes on the answer is asked for again and again, which
 * also tells the server that somebody still waits.
 */
export function useZoom(source: ZoomSource, enabled = true) {
  return useQuery({
    queryKey: ['zoom', source.kind, source.id],
    queryFn: ({ signal }) => getZoom(source, signal),
    enabled,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.data?.state === 'preparing' ? LOOK_EVERY : false),
  });
}

/** The exact counts of all levels of all pixels; prepared like the levels. */
export function useHistogram(source: ZoomSource, enabled = true) {
  return useQuery({
    queryKey: ['histogram', source.kind, source.id],
    queryFn: ({ signal }) => getHistogram(source, signal),
    enabled,
    staleTime: Infinity,
  });
}
