import * as z from 'zod';

const count = z.int().min(0);

/** One object, in pixels of the whole picture. */
export const componentSchema = z.object({
  number: z.int().min(1).describe('Objects are numbered in the order of their first pixels, row by row.'),
  area: z.int().min(1),
  left: count,
  top: count,
  width: z.int().min(1),
  height: z.int().min(1),
  x: z.number().min(0).describe('Of the centre: the mean of all columns of its pixels.'),
  y: z.number().min(0).describe('The mean of all rows.'),
});
export type Component = Readonly<z.infer<typeof componentSchema>>;

/** Objects that a report lists at most. */
export const MOST_COMPONENTS = 10_000;

/** What `connected-components` found out. */
export const connectedComponentsReportSchema = z.object({
  op: z.literal('connected-components'),
  count: count.describe('All objects, those that are not listed too.'),
  pixels: count.describe('Pixels of all objects.'),
  components: z
    .array(componentSchema)
    .max(MOST_COMPONENTS)
    .describe(`The largest objects, at most ${String(MOST_COMPONENTS)}; of equal ones that of the lower number first.`),
});
export type ConnectedComponentsReport = Readonly<z.infer<typeof connectedComponentsReportSchema>>;
