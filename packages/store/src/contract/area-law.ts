import type { Bbox, Outline, Position } from '@tessera/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaText } from '../catalogue-area.ts';
import type { StorePlace } from './job-fixture.ts';

/** Degrees that meet each other often: at edges, corners, poles and the antimeridian. */
const longitude = fc.integer({ min: -18, max: 18 }).map((n) => n * 10);
const latitude = fc.integer({ min: -9, max: 9 }).map((n) => n * 10);
const west = fc.integer({ min: -18, max: 17 }).map((n) => n * 10);
const width = fc.oneof(
  fc.constantFrom(0, 360),
  fc.integer({ min: 0, max: 36 }).map((n) => n * 10),
);

const box = fc.tuple(west, width, latitude, latitude).map(([left, across, a, b]): Outline => {
  const [south, north] = [Math.min(a, b), Math.max(a, b)];
  return [
    [left, north],
    [left + across, north],
    [left + across, south],
    [left, south],
  ];
});
const triangle = fc
  .tuple(west, fc.array(fc.tuple(fc.integer({ min: 0, max: 17 }), latitude), { minLength: 3, maxLength: 3 }))
  .map(([left, points]): Outline => points.map(([across, up]) => [left + across * 10, up] as const));
const point = fc.tuple(longitude, latitude).map((only): Outline => [only]);
const outlines = fc.array(fc.oneof(box, triangle, point), { minLength: 40, maxLength: 40 });
const boxes = fc.array(
  fc
    .tuple(longitude, latitude, longitude, latitude)
    .map(([x, a, y, b]): Bbox => [x, Math.min(a, b), y, Math.max(a, b)]),
  { minLength: 12, maxLength: 12 },
);

/** Whether two convex areas, points and lines among them, have a point in common: no line lies between them. */
function meet(a: Outline, b: Outline): boolean {
  const axes = [a, b].flatMap((ring) =>
    ring.map(([x, y], n): Position => {
      const [nextX, nextY] = ring[(n + 1) % ring.length] ?? [x, y];
      return [nextY - y, x - nextX];
    }),
  );
  return [...axes, [1, 0] as const, [0, 1] as const].every(([dx, dy]) => {
    const [one, other] = [a, b].map((ring) => ring.map(([x, y]) => x * dx + y * dy));
    return (
      Math.max(...(one ?? [])) >= Math.min(...(other ?? [])) && Math.max(...(other ?? [])) >= Math.min(...(one ?? []))
    );
  });
}

/** By hand: the area as often around the earth as it takes. */
function meetsBox(outline: Outline, [left, south, right, north]: Bbox): boolean {
  const end = right < left ? right + 360 : right;
  return [-720, -360, 0, 360, 720].some((turn) =>
    meet(
      outline.map(([x, y]) => [x + turn, y] as const),
      [
        [left, north],
        [end, north],
        [end, south],
        [left, south],
      ],
    ),
  );
}

/** Areas without a width or height, of which each lies in others or goes on where another ends. */
const LINES: Outline[] = [-10, 0, 10, 20].flatMap((south) =>
  [0, 10, 20].flatMap((length): Outline[] => [
    [
      [10, south + length],
      [10, south + length],
      [10, south],
      [10, south],
    ],
    [
      [south, 10],
      [south + length, 10],
      [south + length, 10],
      [south, 10],
    ],
  ]),
);

/** The smallest box around an area. */
function boundsOf(outline: Outline): Bbox {
  const [x, y] = [outline.map(([longitude]) => longitude), outline.map(([, latitude]) => latitude)];
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}

/** What is found by an area. */
export function areaLaw(place: () => StorePlace): void {
  describe('areas', () => {
    it('law: what is found meets the box, edges, poles and the antimeridian included, and nothing is left out', async () => {
      const { store, database } = place();
      await fc.assert(
        fc.asyncProperty(outlines, boxes, async (areas, queries) => {
          await database.query('delete from catalogue_products');
          await database.query(
            `insert into catalogue_products (id, shared, told, name, description, creator, kind, area, facts)
            select 'p' || n, true, true, '', '', '', 'index', area::polygon,
              jsonb_build_object('index', null, 'epsg', 1, 'resolution', 1, 'width', 1, 'height', 1, 'outline', outline::jsonb)
            from unnest($1::text[], $2::text[]) with ordinality as given (area, outline, n)`,
            [areas.map(areaText), areas.map((area) => JSON.stringify(area))],
          );
          for (const bbox of queries) {
            const { products } = await store.searchProducts({ visitor: null, bbox, limit: 100 });
            const right = areas.flatMap((area, n) => (meetsBox(area, bbox) ? [`p${String(n + 1)}`] : []));
            expect([bbox, products.map(({ id }) => id).sort()]).toEqual([bbox, right.sort()]);
          }
        }),
        {
          numRuns: 8,
          // Lines that lie in one another, and touch at their ends.
          examples: [[LINES, LINES.map(boundsOf)]],
        },
      );
    });
  });
}
