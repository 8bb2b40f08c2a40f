import type { estimateSchema, EstimateDto, Size, StepShare } from '@tessera/contracts';
import { jsonBody, request, requestBlob } from './request.ts';

/** A picture of a part of what a pipeline makes of an image. */
export interface Preview {
  readonly picture: Blob;
  /** Whether the pixels are those of the result, or those of a smaller picture of it. */
  readonly exact: boolean;
  /** What is left of each step at this size; empty from a server that does not tell. */
  readonly shares: readonly StepShare[];
  /** Size of the whole result; undefined from a server that does not tell. */
  readonly result: Size | undefined;
}

/**
 * Runs a pipeline on a part of an image at screen resolution. `body` has the shape of `previewRequestSchema`'s input.
 *
 * @throws ApiError NOT_READY while the levels of the image are being prepared (see `useZoom`), CONFLICT when this visitor
 * asked for a newer preview in the meantime.
 */
export async function postPreview(body: unknown, signal: AbortSignal): Promise<Preview> {
  const { blob, headers } = await requestBlob('/previews', { ...jsonBody(body), signal });
  return {
    picture: blob,
    exact: headers.get('tessera-preview') === 'exact',
    shares: sharesOf(headers.get('tessera-steps')),
    result: sizeOf(headers.get('tessera-result')),
  };
}

// Not from the contracts, whose schemas the first visit does without.
const SHARES: readonly StepShare[] = ['same', 'scaled', 'left-out'];

function sharesOf(text: string | null): readonly StepShare[] {
  return (text ?? '').split(', ').flatMap((word) => SHARES.find((share) => share === word) ?? []);
}

function sizeOf(text: string | null): Size | undefined {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text ?? '') ?? [];
  return width === undefined || height === undefined ? undefined : { width: Number(width), height: Number(height) };
}

/** How large and how long, before anything is started. `body` has the shape of `estimateRequestSchema`'s input. */
export function postEstimate(body: unknown, signal: AbortSignal): Promise<EstimateDto> {
  return request<typeof estimateSchema>('/estimates', { ...jsonBody(body), signal });
}
