import type { Outline, Position } from '@tessera/contracts';
import type { CatalogueShape } from '@tessera/store';
import * as z from 'zod';

/** Parts that one geometry may come to, and positions that it may have. */
const MAX_PARTS = 50;
const MAX_POSITIONS = 2000;

const position = z
  .array(z.number())
  .min(2)
  .max(3)
  .transform((numbers): Position => [numbers[0] ?? 0, numbers[1] ?? 0])
  .refine(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 90, 'must be degrees');
const line = z.array(position).min(2).max(MAX_POSITIONS);
const ring = z.array(position).min(4).max(MAX_POSITIONS);
const polygon = z.array(ring).min(1).max(MAX_PARTS);

const simple = [
  z.object({ type: z.literal('Point'), coordinates: position }),
  z.object({ type: z.literal('LineString'), coordinates: line }),
  z.object({ type: z.literal('Polygon'), coordinates: polygon }),
  z.object({ type: z.literal('MultiPoint'), coordinates: z.array(position).min(1).max(MAX_PARTS) }),
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(line).min(1).max(MAX_PARTS) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon).min(1).max(MAX_PARTS) }),
] as const;
const simpleSchema = z.discriminatedUnion('type', simple);
const geometrySchema = z.discriminatedUnion('type', [
  ...simple,
  z.object({ type: z.literal('GeometryCollection'), geometries: z.array(simpleSchema).min(1).max(MAX_PARTS) }),
]);

/** A geometry of GeoJSON as what products may meet; refused where it comes to more than can be asked for at one time. */
export const intersectsSchema = geometrySchema.transform((geometry, context) => {
  const shapes = shapesOf(geometry);
  const positions = shapes.reduce((sum, { outline }) => sum + outline.length, 0);
  if (shapes.length <= MAX_PARTS && positions <= MAX_POSITIONS) return shapes;
  context.addIssue(`must not come to more than ${String(MAX_PARTS)} points, lines and polygons`);
  return z.NEVER;
});

function shapesOf(geometry: z.output<typeof geometrySchema>): readonly CatalogueShape[] {
  switch (geometry.type) {
    case 'Point':
      return [only([geometry.coordinates])];
    case 'MultiPoint':
      return geometry.coordinates.map((point) => only([point]));
    case 'LineString':
      return segments(geometry.coordinates);
    case 'MultiLineString':
      return geometry.coordinates.flatMap(segments);
    case 'Polygon':
      return [filled(geometry.coordinates)];
    case 'MultiPolygon':
      return geometry.coordinates.map(filled);
    case 'GeometryCollection':
      return geometry.geometries.flatMap(shapesOf);
  }
}

const only = (outline: Outline): CatalogueShape => ({ outline, holes: [] });

/** An area of two corners is the line between them. */
function segments(path: readonly Position[]): readonly CatalogueShape[] {
  return path.slice(1).map((to, n) => only([path[n] ?? to, to]));
}

/** Rings of GeoJSON end where they begin. */
function filled([outer = [], ...holes]: readonly (readonly Position[])[]): CatalogueShape {
  return { outline: outer.slice(0, -1), holes: holes.map((hole) => hole.slice(0, -1)) };
}
