import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ImageDto, imageSchema } from '@tessera/contracts';
import { useSyncExternalStore } from 'react';
import { ApiError } from '../../../api/api-error.ts';
import { request } from '../../../api/request.ts';
import { useParts } from '../../../app/parts.ts';
import { isRaster } from '../../upload/upload-item.ts';

/** Images that are offered at one time. */
const MOST = 24;
/** Images that were added to be read by steps, in this tab. */
const ADDED = ['images read by steps'] as const;

export type ChoosableImage = Pick<ImageDto, 'id' | 'name'>;

export interface ImageChoices {
  readonly images: readonly ChoosableImage[];
  /** There are more than are offered. */
  readonly more: boolean;
  /** What is chosen is not there any more. */
  readonly gone: boolean;
  /** Offers an image from now on. */
  readonly remember: (image: ImageDto) => void;
}

/** What can be chosen: the image that is, those added for steps, and those of the list. */
export function useImageChoices(chosen: string): ImageChoices {
  const { tray } = useParts();
  const client = useQueryClient();
  const items = useSyncExternalStore(tray.subscribe, tray.items);
  const { data: added } = useQuery<readonly ChoosableImage[]>({
    queryKey: ADDED,
    queryFn: () => [],
    initialData: [],
    staleTime: Infinity,
    gcTime: Infinity,
  });
  const ofTray = items.flatMap((item) => (item.image && !isRaster(item) ? [item.image] : []));
  const known = [...added, ...ofTray];
  const isKnown = known.some(({ id }) => id === chosen);
  const { data: linked, error } = useQuery({
    queryKey: ['image', chosen],
    queryFn: ({ signal }) => request<typeof imageSchema>(`/images/${encodeURIComponent(chosen)}`, { signal }),
    enabled: chosen !== '' && !isKnown,
    staleTime: Infinity,
    retry: false,
  });
  const first = isKnown ? known.filter(({ id }) => id === chosen) : linked ? [linked] : [];
  const all = [...new Map([...first, ...known].map((image) => [image.id, image])).values()];
  return {
    images: inPlace(all.slice(0, MOST), known),
    more: all.length > MOST,
    gone: !isKnown && error instanceof ApiError && error.code === 'NOT_FOUND',
    remember: (image) =>
      client.setQueryData<readonly ChoosableImage[]>(ADDED, (before = []) => [
        image,
        ...before.filter(({ id }) => id !== image.id),
      ]),
  };
}

/** In the order in which they are known, so that nothing jumps when another one is chosen. */
function inPlace(images: readonly ChoosableImage[], known: readonly ChoosableImage[]): readonly ChoosableImage[] {
  const place = ({ id }: ChoosableImage): number => known.findIndex((image) => image.id === id);
  return images.toSorted((a, b) => place(a) - place(b));
}
