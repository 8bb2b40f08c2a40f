import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planOf } from './contract/job-fixture.ts';
import { taskRegion } from './task-region.ts';

describe('taskRegion', () => {
  it('cuts the picture into cells that cover it once, in raster order', () => {
    const side = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(side, side, side, side, (width, height, cellWidth, cellHeight) => {
        const plan = {
          ...planOf(),
          picture: { width, height, channels: 3 },
          grid: { width: cellWidth, height: cellHeight },
        };
        const covered = new Uint8Array(width * height);
        let before = -1;
        let index = 0;
        for (let cell = taskRegion(plan, 0, 0); cell !== undefined; cell = taskRegion(plan, 0, ++index)) {
          const place = cell.y * width + cell.x;
          expect(place).toBeGreaterThan(before);
          before = place;
          for (let y = cell.y; y < cell.y + cell.height; y++) {
            for (let x = cell.x; x < cell.x + cell.width; x++) covered[y * width + x]! += 1;
          }
        }
        expect(index).toBe(Math.ceil(width / cellWidth) * Math.ceil(height / cellHeight));
        expect(covered.every((times) => times === 1)).toBe(true);
      }),
    );
  });

  it('is undefined for tasks that see the whole picture, and for stages that do not exist', () => {
    const plan = planOf(3, 'assemble', 'verify');
    expect(taskRegion(plan, 0, 2)).toEqual({ x: 0, y: 200, width: 100, height: 50 });
    expect([taskRegion(plan, 1, 0), taskRegion(plan, 2, 0), taskRegion(plan, 3, 0)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
