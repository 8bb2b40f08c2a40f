import * as z from 'zod';

/** Characters of what people say of things in the catalogue. */
export const MAX_CATALOGUE_NAME = 200;
export const MAX_CATALOGUE_DESCRIPTION = 4000;
export const MAX_CATALOGUE_CREATOR = 200;

export const catalogueNameSchema = z.string().trim().min(1).max(MAX_CATALOGUE_NAME);
export const catalogueDescriptionSchema = z.string().trim().max(MAX_CATALOGUE_DESCRIPTION);
export const catalogueCreatorSchema = z
  .string()
  .trim()
  .max(MAX_CATALOGUE_CREATOR)
  .describe('Who made it, in words for others to read; nobody is asked to say so.');
export const catalogueShareSchema = z
  .boolean()
  .describe('Whether everybody may see it and read its files. What is not shared is listed to its owner only.');

/** What a request for a product says of its place in the catalogue. */
export const catalogueWishShape = {
  description: catalogueDescriptionSchema.default(''),
  creator: catalogueCreatorSchema.default(''),
  share: catalogueShareSchema.default(false),
  startTime: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('When the first of its scenes was taken, where that is known.'),
  endTime: z.iso.datetime({ offset: true }).optional().describe('When the last of its scenes was taken.'),
} as const;
