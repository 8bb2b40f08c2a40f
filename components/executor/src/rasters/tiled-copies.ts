import { randomUUID } from 'node:crypto';
import type { RasterSource } from '@tessera/contracts';
import { assembleCog, objectRange, openRaster, planTiledCopy, type PieceFacts, type TiledCopy } from '@tessera/geo';
import { AppError, type Logger } from '@tessera/runtime';
import type { ComposePart } from '@tessera/storage';
import type { StageTools } from '../stages/stage-context.ts';
import { untilAborted } from '../until-aborted.ts';
import { withSources } from './with-sources.ts';

/** Copies that are remembered. */
const KEPT = 4096;

export type TiledCopiesParts = Pick<StageTools, 'objects' | 'decoder' | 'kernel'> & { readonly logger: Logger };

/**
 * Copies of uploaded rasters of which windows are slow to read. Each is made once, by the first task that needs it, and
 * serves all later jobs; its key is named after the upload, so that it goes with it. Two executors may make the same copy
 * at one time: its bytes are the same.
 */
export class TiledCopies {
  readonly #parts: TiledCopiesParts;
  readonly #copies = new Map<string, Promise<RasterSource>>();
  /** Copies that are being made outlive the task that asked first. */
  readonly #closed = new AbortController();

  constructor(parts: TiledCopiesParts) {
    this.#parts = parts;
  }

  /**
   * The source as it is best read.
   *
   * @param work prefix of the keys of pieces, which go with the job's other work.
   * @throws AppError what reading and storing throw, CANCELLED.
   */
  async best(source: RasterSource, work: string, signal: AbortSignal): Promise<RasterSource> {
    const { tiled } = source;
    if (tiled === undefined) return source;
    const known = this.#copies.get(tiled);
    if (known !== undefined) return untilAborted(known, signal);
    const copy = this.#find(source, tiled, work);
    this.#copies.set(tiled, copy);
    copy.catch(() => this.#copies.delete(tiled));
    const [oldest] = this.#copies.keys();
    if (this.#copies.size > KEPT && oldest !== undefined) this.#copies.delete(oldest);
    return untilAborted(copy, signal);
  }

  close(): void {
    this.#closed.abort();
  }

  async #find(source: RasterSource, tiled: string, work: string): Promise<RasterSource> {
    const signal = this.#closed.signal;
    const there = await this.#parts.objects.head(tiled, { signal });
    const { bytes } = there ?? (await this.#make(source, tiled, work));
    return { ...source, at: { key: tiled, bytes } };
  }

  async #make(source: RasterSource, tiled: string, work: string): Promise<{ readonly bytes: number }> {
    const { objects, kernel, logger } = this.#parts;
    const signal = this.#closed.signal;
    const started = performance.now();
    const { layout, regions } = await this.#plan(source);
    const prefix = `${work}/tiled-${randomUUID()}`;
    const pieces: PieceFacts[] = [];
    for (const [index, region] of regions.entries()) {
      const { bytes, facts } = await withSources({ ...this.#parts, urls: undefined }, [source], signal, (port) =>
        kernel('rasterTiles', { source, index, port }, signal),
      );
      await objects.put(`${prefix}/${index}`, bytes, { signal });
      pieces.push({ region, ...facts });
    }
    const parts = assembleCog(layout, pieces).segments.map((segment): ComposePart => {
      if (segment instanceof Uint8Array) return segment;
      return { key: `${prefix}/${segment.piece}`, range: { start: segment.start, end: segment.end } };
    });
    const made = await objects.compose(tiled, parts, { contentType: 'image/tiff', signal });
    logger.info({ ms: Math.round(performance.now() - started), bytes: made.bytes }, 'raster:tiled');
    return made;
  }

  async #plan({ at }: RasterSource): Promise<TiledCopy> {
    if (!('key' in at)) throw new AppError('INTERNAL', { details: { reason: 'only uploads have copies' } });
    const range = objectRange(this.#parts.objects, at.key, at.bytes);
    return planTiledCopy((await openRaster(range, {}, this.#closed.signal)).facts);
  }
}
