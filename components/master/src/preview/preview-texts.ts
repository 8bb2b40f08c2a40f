import { nameOfWish, type Raster, type TextMark } from '@tessera/imaging';
import type { MasterDeps } from '../deps.ts';

/** Bytes of texts that are kept between two previews. */
const KEPT_BYTES = 32 * 1024 * 1024;

/** Sets the texts of previews, and keeps the last ones: while a slider is moved they stay the same. */
export class PreviewTexts {
  readonly #decoder: Pick<MasterDeps['decoder'], 'renderText'>;
  /** In the order of use. */
  readonly #kept = new Map<string, Raster>();

  constructor(decoder: Pick<MasterDeps['decoder'], 'renderText'>) {
    this.#decoder = decoder;
  }

  /** @throws AppError INVALID_PIPELINE for a text that can not be set. */
  async set(mark: TextMark, signal: AbortSignal): Promise<Raster> {
    const name = nameOfWish({ kind: 'text', mark });
    const raster = this.#kept.get(name) ?? (await this.#decoder.renderText(mark, { signal }));
    this.#kept.delete(name);
    this.#kept.set(name, raster);
    let bytes = [...this.#kept.values()].reduce((sum, { data }) => sum + data.length, 0);
    for (const [old, { data }] of this.#kept) {
      if (bytes <= KEPT_BYTES) break;
      this.#kept.delete(old);
      bytes -= data.length;
    }
    return raster;
  }
}
