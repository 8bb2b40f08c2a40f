import { readLevel, type Pyramid } from '@tessera/codec';
import type { Region } from '@tessera/contracts';
import { contains, crop, grow, regionOf, type Raster, type Window } from '@tessera/imaging';
import { regionOfLevel, type PreviewPlan } from './plan-preview.ts';

/** Bytes of windows that are kept between two previews. */
const KEPT_BYTES = 96 * 1024 * 1024;
/** Pixels that are read on each side on top, so that a larger kernel finds its halo in what was read before. */
const RESERVE = 32;

/** What is read, at which size of the picture. */
type ReadPlan = Pick<PreviewPlan, 'picture' | 'needed' | 'level'>;

/**
 * Reads what previews need out of pyramids, and keeps the last windows: while a slider is moved the picture under it
 * stays the same.
 */
export class LevelWindows {
  /** In the order of use, by picture and scale. */
  readonly #kept = new Map<string, Window>();

  /** The pixels that a preview needs, as a raster of its own. */
  async read(key: string, pyramid: Pyramid, plan: ReadPlan): Promise<Raster> {
    const name = `${key} ${plan.picture.width} ${plan.picture.height}`;
    const kept = this.#kept.get(name);
    this.#kept.delete(name);
    const window = kept && contains(regionOf(kept), plan.needed) ? kept : await fetch(pyramid, plan);
    this.#kept.set(name, window);
    this.#forget();
    return crop(window, plan.needed);
  }

  #forget(): void {
    let bytes = [...this.#kept.values()].reduce((sum, { raster }) => sum + raster.data.length, 0);
    for (const [name, { raster }] of this.#kept) {
      if (bytes <= KEPT_BYTES) return;
      this.#kept.delete(name);
      bytes -= raster.data.length;
    }
  }
}

async function fetch(pyramid: Pyramid, { needed, picture, level }: ReadPlan): Promise<Window> {
  const region: Region = grow(needed, RESERVE, picture);
  const size = pyramid.levels[level] ?? pyramid;
  const raster = await readLevel(pyramid, level, regionOfLevel(region, picture, size), region);
  return { x: region.x, y: region.y, raster };
}
