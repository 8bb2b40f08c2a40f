import * as z from 'zod';
import { catalogueEntryKindSchema } from './catalogue-entry.ts';
import { catalogueKindSchema } from './catalogue-product.ts';
import { bboxSchema } from './geojson.ts';

/** Things on one page of the catalogue. */
export const MAX_CATALOGUE_PAGE = 500;

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** `west,south,east,north`; three dimensions are read and the heights ignored. */
export const bboxTextSchema = z
  .string()
  .max(200)
  .describe('`west,south,east,north` in degrees; a west greater than the east crosses the antimeridian.')
  .transform((text, context) => {
    const parts = text.split(',').map((part) => (NUMBER.test(part.trim()) ? Number(part) : Number.NaN));
    const [west, south, ...rest] = parts;
    const { data, error } = bboxSchema.safeParse(
      parts.length === 6 ? [west, south, parts[3], parts[4]] : [west, south, ...rest],
    );
    if (error === undefined) return data;
    context.addIssue(`must be west,south,east,north in degrees: ${error.issues[0]?.message ?? ''}`);
    return z.NEVER;
  });

const place = {
  bbox: bboxTextSchema.optional(),
  q: z.string().trim().min(1).max(200).optional().describe('Part of the name, the description or the creator.'),
  creator: z.string().trim().min(1).max(200).optional().describe('The creator, as it was given.'),
  own: z.enum(['true', 'false']).optional().describe('`true`: those of the asking visitor only.'),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'is no cursor of this catalogue')
    .optional()
    .describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(MAX_CATALOGUE_PAGE).default(50),
};

/** `GET /catalogue/products` and `.geojson`: shared ones and the visitor's own, newest first. */
export const catalogueProductQuerySchema = z.strictObject({
  ...place,
  kind: catalogueKindSchema.optional(),
  index: z.string().trim().min(1).max(64).optional(),
  from: z.iso.datetime({ offset: true }).optional().describe('Imagery that was taken then or later.'),
  to: z.iso.datetime({ offset: true }).optional().describe('Imagery that was taken then or earlier.'),
});

/** `GET /catalogue/entries` and `.geojson`: shared ones and the visitor's own, newest first. */
export const catalogueEntryQuerySchema = z.strictObject({ ...place, kind: catalogueEntryKindSchema.optional() });
