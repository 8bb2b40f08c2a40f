import type { CountedBand } from './counted-samples.ts';
import type { CountedSamples, CountedType, SampleLimits } from './sample-limits.ts';
import type { SampleSpace } from './sample-space.ts';
import { workArea } from './work-area.ts';

/** Vector kernels read whole vectors: planes begin at multiples of this many bytes, and one more follows the last. */
const ALIGNMENT = 16;

export interface StackShape {
  readonly type: CountedType;
  /** Samples of one band of one scene. */
  readonly pixels: number;
  readonly bands: number;
  /** Scenes at most. */
  readonly scenes: number;
}

/** Bytes from one plane to the next. */
function planeBytes({ type, pixels }: StackShape): number {
  return Math.ceil((pixels * (type === 'uint8' ? 1 : 2)) / ALIGNMENT) * ALIGNMENT;
}

/** Bytes that a stack takes, with the work area that lies before it. */
export function stackBytes(shape: StackShape): number {
  return workArea(shape.scenes).bytes + shape.scenes * shape.bands * planeBytes(shape) + ALIGNMENT;
}

/** The samples of all scenes over one region: one plane for each band of each scene, in a space that was made before. */
export class SampleStack {
  readonly #slots: number[] = [];
  readonly shape: StackShape;
  readonly limits: SampleLimits;
  readonly space: SampleSpace;
  /** Bytes from a scene's plane of one band to that of the next. */
  readonly planeBytes: number;
  readonly #first: number;

  constructor(shape: StackShape, limits: SampleLimits, space: SampleSpace) {
    this.shape = shape;
    this.limits = limits;
    this.space = space;
    this.planeBytes = planeBytes(shape);
    this.#first = space.start + workArea(shape.scenes).bytes;
  }

  /** Takes a scene; samples that are not usable become `nodata`. */
  add(scene: number, bands: readonly CountedBand[]): void {
    const slot = this.#slots.length;
    this.#slots.push(scene);
    bands.forEach(({ samples, usable }, band) => {
      const plane = this.#plane(slot, band);
      plane.set(samples);
      if (usable === undefined) return;
      for (let at = 0; at < plane.length; at++) if (usable[at] === 0) plane[at] = this.limits.nodata;
    });
  }

  /** Where the planes of one band begin, in bytes from the beginning of the buffer, in the order of the scenes. */
  offsets(band: number): readonly number[] {
    return this.#slots
      .map((scene, slot) => ({ scene, slot }))
      .sort((a, b) => a.scene - b.scene)
      .map(({ slot }) => this.#offset(slot, band));
  }

  /** The planes of one band in the order of the scenes. */
  planes(band: number): readonly CountedSamples[] {
    return this.offsets(band).map((offset) => this.#view(offset));
  }

  #offset(slot: number, band: number): number {
    return this.#first + (slot * this.shape.bands + band) * this.planeBytes;
  }

  #plane(slot: number, band: number): CountedSamples {
    return this.#view(this.#offset(slot, band));
  }

  #view(offset: number): CountedSamples {
    const { type, pixels } = this.shape;
    const { buffer } = this.space;
    return type === 'uint8' ? new Uint8Array(buffer, offset, pixels) : new Uint16Array(buffer, offset, pixels);
  }
}
