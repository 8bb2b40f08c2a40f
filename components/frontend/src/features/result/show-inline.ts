import type { JobDto } from '@tessera/contracts';

/** Largest picture that is shown in the page, in pixels: decoded it has about 240 MB. */
export const MOST_INLINE_PIXELS = 60e6;

/** Whether the source may be shown in full: browsers show no TIFF, and a heavy picture may cost the tab. */
export function mayShowSource({ image, output }: Pick<JobDto, 'image' | 'output'>): boolean {
  return output.width * output.height <= MOST_INLINE_PIXELS && !/\.tiff?$/i.test(image.name);
}
