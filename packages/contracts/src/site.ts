import * as z from 'zod';
import { inputFormatSchema } from './image.ts';

const bytes = z.int().min(0);

/** `GET /site`: what a page has to know before it sends anything. */
export const siteSchema = z.object({
  limits: z.object({
    /** Bytes of one file, however it is sent. */
    fileBytes: bytes,
    /** Bytes above which a file is to be sent so that it can be resumed. */
    resumableBytes: bytes,
    filesPerRequest: z.int().min(1),
    imagesPerJobRequest: z.int().min(1),
    /** Pixels of one image. */
    pixels: z.int().min(1),
    /**
     * Pixels above which no interlaced or progressive image is taken, for it can not be decoded row by row. With more
     * than one byte per pixel the limit is lower in proportion.
     */
    progressivePixels: z.int().min(1),
    /** Pixels up to which a job can be verified. */
    verifyPixels: z.int().min(1),
  }),
  formats: z.array(inputFormatSchema),
  /** Whether images may be fetched from an address that the visitor gives. */
  fetchesUrls: z.boolean(),
  /** Whether an address is told when work has ended. */
  sendsWebhooks: z.boolean(),
  /** Tiles that the operator chose to lie below the map, with `{x}`, `{y}` and `{z}`; `null`: none. */
  mapTiles: z.object({ url: z.string(), attribution: z.string() }).nullable(),
  /** Hours for which things are kept; 0: for ever. */
  keep: z.object({ resultsHours: z.number().min(0), uploadsHours: z.number().min(0) }),
});
export type SiteDto = Readonly<z.infer<typeof siteSchema>>;

/** `POST /images/fetch`: the master fetches the file. */
export const fetchImageSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2048),
});
export type FetchImageRequest = Readonly<z.infer<typeof fetchImageSchema>>;
