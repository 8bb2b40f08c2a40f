import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { EstimateDto } from '@tessera/contracts';
import { postEstimate } from '../../../api/previews.ts';
import { outputOf, pipelineOf, type Draft } from '../draft.ts';

/** Milliseconds without a change until the server is asked. */
const ASK_AFTER = 200;
/** Milliseconds for which an estimate counts: executors and other work change. */
const FRESH = 20_000;
/** Images that one request may name. */
const MOST_IMAGES = 1000;

export interface EstimateInHand {
  /** The last estimate, maybe of before the last change. */
  readonly estimate: EstimateDto | undefined;
  /** What the estimate is of; undefined while it is of something else than what is asked for. */
  readonly key: string | undefined;
  readonly failed: boolean;
}

/** How large and how long the draft on these images would be. */
export function useEstimate(draft: Draft, images: readonly string[], enabled: boolean): EstimateInHand {
  const order = {
    images: images.slice(0, MOST_IMAGES),
    pipeline: pipelineOf(draft),
    output: outputOf(draft),
  };
  const key = JSON.stringify(order);
  const [asked] = useDebouncedValue(key, ASK_AFTER);
  const { data, isPlaceholderData, isError } = useQuery({
    queryKey: ['estimate', asked],
    queryFn: ({ signal }) => postEstimate(JSON.parse(asked), signal),
    enabled: enabled && images.length > 0 && asked === key,
    placeholderData: keepPreviousData,
    staleTime: FRESH,
    retry: false,
  });
  const known = data !== undefined && !isPlaceholderData && asked === key;
  return { estimate: images.length > 0 ? data : undefined, key: known ? key : undefined, failed: isError };
}
