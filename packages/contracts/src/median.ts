import * as z from 'zod';

/** Most pixels of a window's side, and most scenes, of one request. */
const MAX_SIDE = 4096;
const MAX_SCENES = 1024;

const start = z
  .int()
  .min(0)
  .max(2 ** 31);
const side = z.int().min(1).max(MAX_SIDE);

/** What an executor's `POST /median` is asked: the median of luminance of scenes over one window, as a GeoTIFF. */
export const medianRequestSchema = z.object({
  /** Left column, upper row, width and height in pixels of the scenes. */
  window: z.tuple([start, start, side, side]),
  /** Key in the object store, under the executor's prefix. */
  destination: z.string().min(1).max(900),
  /** Keys of the scenes: GeoTIFFs of three 8-bit bands (red, green, blue) on the same grid. */
  datasets: z.array(z.string().min(1).max(900)).min(1).max(MAX_SCENES),
  /** How equal luminances are ordered: by colour, or by the place in `datasets`. */
  mode: z.enum(['exact', 'course']).default('exact'),
  compression: z.enum(['deflate', 'jpeg']).default('deflate'),
});
export type MedianRequest = Readonly<z.infer<typeof medianRequestSchema>>;

/** A push message of Google Pub/Sub: `data` is the request as JSON in base64. What else it holds is ignored. */
export const pushEnvelopeSchema = z.object({ message: z.object({ data: z.base64() }) });
