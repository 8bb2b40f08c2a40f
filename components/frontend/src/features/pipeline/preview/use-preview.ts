import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Region, Size, StepInput, StepShare } from '@tessera/contracts';
import { useEffect, useState } from 'react';
import { ApiError } from '../../../api/api-error.ts';
import { postPreview } from '../../../api/previews.ts';

/** Milliseconds without a change until the server is asked: a slider that moves on would only waste its time. */
const ASK_AFTER = 60;
/** Milliseconds for which previews are kept, so that undo shows at once what was. */
const KEEP = 60_000;
/** Milliseconds until the server is asked again that is not ready yet. */
const AGAIN_AFTER = 400;
/** How often it is asked while it prepares the image, which takes longest for the largest; and after a mere collision. */
const MOST_ASKS = { NOT_READY: 300, CONFLICT: 5 } as const;

/** A preview that can be shown. */
export interface ShownPreview {
  /** Address of the picture in this tab. */
  readonly url: string;
  /** The part of the result that it shows. */
  readonly region: Region;
  /** Size of the whole result, and the order that it is of. */
  readonly result: Size | undefined;
  readonly order: PreviewOrder;
  readonly exact: boolean;
  /** What is left of each step of the order. */
  readonly shares: readonly StepShare[];
}

export interface PreviewOrder {
  readonly image: string;
  /** Absent: all of the result. */
  readonly region?: Region | undefined;
  /** Longest side of the answer in pixels. */
  readonly side: number;
  readonly pipeline: readonly StepInput[];
}

export interface PreviewInHand {
  /** The last good one of this image, until the one that is asked for is here. */
  readonly shown: ShownPreview | undefined;
  /** Whether it is the one that is asked for. */
  readonly current: boolean;
  readonly error: ApiError | undefined;
}

function mayAskAgain(times: number, error: Error): boolean {
  const code = error instanceof ApiError ? error.code : undefined;
  return code === 'NOT_READY' || code === 'CONFLICT' ? times < MOST_ASKS[code] : false;
}

/**
 * Previews of what is asked for, always the newest: an order that changes calls the one before off, and answers are
 * known by their order, so that a late one never replaces a newer one.
 */
export function usePreview(order: PreviewOrder | undefined): PreviewInHand {
  const key = order && JSON.stringify(order);
  const [asked] = useDebouncedValue(key, ASK_AFTER);
  const { data, error } = useQuery({
    queryKey: ['preview', asked],
    queryFn: async ({ signal }) => {
      const wanted = JSON.parse(asked ?? '') as PreviewOrder;
      return { ...(await postPreview(wanted, signal)), order: wanted };
    },
    enabled: asked !== undefined && asked === key,
    staleTime: Infinity,
    gcTime: KEEP,
    retry: mayAskAgain,
    retryDelay: AGAIN_AFTER,
  });
  const [shown, setShown] = useState<ShownPreview>();

  useEffect(() => {
    if (!data) return;
    const { order: made, result, exact, shares } = data;
    const region = made.region ?? (result && { x: 0, y: 0, ...result });
    if (!region) return;
    const url = URL.createObjectURL(data.picture);
    const picture = new Image();
    let left = false;
    picture.src = url;
    // The one before stays until this one can be drawn without a gap.
    picture.decode().then(
      () => {
        if (left) URL.revokeObjectURL(url);
        else setShown({ url, region, result, exact, shares, order: made });
      },
      () => URL.revokeObjectURL(url),
    );
    return () => {
      left = true;
    };
  }, [data]);

  useEffect(() => {
    if (!shown) return;
    return () => URL.revokeObjectURL(shown.url);
  }, [shown]);

  const usable = shown !== undefined && shown.order.image === order?.image ? shown : undefined;
  const current = data !== undefined && asked === key && usable?.order === data.order;
  return { shown: usable, current, error: error instanceof ApiError && asked === key ? error : undefined };
}
