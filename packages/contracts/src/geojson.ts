import * as z from 'zod';

const longitude = z.number().min(-180).max(180);
const latitude = z.number().min(-90).max(90);

/** `[longitude, latitude]` in degrees of WGS 84. */
export const positionSchema = z.tuple([longitude, latitude]).readonly();
export type Position = Readonly<z.infer<typeof positionSchema>>;

/**
 * `[west, south, east, north]` in degrees of WGS 84, as in RFC 7946: one that crosses the antimeridian has a west that is
 * greater than its east.
 */
export const bboxSchema = z
  .tuple([longitude, latitude, longitude, latitude])
  .refine(([, south, , north]) => south <= north, 'south must not lie north of north')
  .readonly();
export type Bbox = Readonly<z.infer<typeof bboxSchema>>;

const rings = z.array(z.array(positionSchema).readonly()).readonly();

/** A geometry of RFC 7946. What crosses the antimeridian is cut there, into a multipolygon. */
export const geometrySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: positionSchema }),
  z.object({ type: z.literal('Polygon'), coordinates: rings }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(rings).readonly() }),
]);
export type Geometry = Readonly<z.infer<typeof geometrySchema>>;

/**
 * Corners of an area one after the other, not closed; one alone is a point. Neighbours are less than 180° of longitude apart
 * as numbers, so that what crosses the antimeridian goes on beyond ±180°; what holds a pole goes around by it.
 */
export const outlineSchema = z
  .array(z.tuple([z.number().min(-540).max(540), latitude]).readonly())
  .min(1)
  .max(400)
  .readonly();
export type Outline = Readonly<z.infer<typeof outlineSchema>>;
