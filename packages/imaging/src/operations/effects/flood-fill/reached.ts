import type { Size } from '@tessera/contracts';
import type { Connectivity } from '../../../components/connect-runs.ts';
import type { Links } from './links.ts';

/** Numbers that are kept of a run: its first pixel, its end, and where the run lies that it was found from. */
const RUN = 3;

/** Components of linked pixels, found from pixels of theirs: pixels that nobody asks for are not looked at. */
export class Reached {
  readonly #size: Size;
  readonly #links: Links;
  readonly #reach: 0 | 1;
  /** Of each pixel the number of its component, counted from 1; 0 where none was looked for. */
  #labels: Int32Array | undefined;
  /** Stretches of pixels of a row, component after component. */
  #runs = new Int32Array(1024 * RUN);
  #count = 0;
  /** Where the runs of each component begin, by its number. */
  readonly #starts: number[] = [0];

  constructor(size: Size, links: Links, connectivity: Connectivity) {
    this.#size = size;
    this.#links = links;
    this.#reach = connectivity === 8 ? 1 : 0;
  }

  /** How many components were found. */
  get count(): number {
    return this.#starts.length - 1;
  }

  /** The number of the component that a pixel belongs to; 0 if it belongs to none. */
  labelOf(pixel: number): number {
    this.#labels ??= new Int32Array(this.#size.width * this.#size.height);
    if (this.#labels[pixel] === 0 && this.#links.inside(pixel)) this.#spread(pixel, this.#labels);
    return this.#labels[pixel]!;
  }

  /** The same if its component was found before, else 0. */
  knownLabelOf(pixel: number): number {
    return this.#labels?.[pixel] ?? 0;
  }

  /** Calls with the first pixel and the end of each run of a component. */
  forEachRun(label: number, run: (start: number, end: number) => void): void {
    const end = this.#starts[label]!;
    for (let at = this.#starts[label - 1]!; at < end; at += RUN) run(this.#runs[at]!, this.#runs[at + 1]!);
  }

  #spread(pixel: number, labels: Int32Array): void {
    const label = this.#starts.length;
    const { width, height } = this.#size;
    let next = this.#count;
    this.#addRun(pixel, next, labels, label);
    for (; next < this.#count; next += RUN) {
      const row = Math.floor(this.#runs[next]! / width);
      if (row > 0) this.#lookBeside(next, -width, labels, label);
      if (row < height - 1) this.#lookBeside(next, width, labels, label);
    }
    this.#starts.push(this.#count);
  }

  /** Adds the runs of the row above or below a run. */
  #lookBeside(run: number, shift: number, labels: Int32Array, label: number): void {
    const { width } = this.#size;
    const reach = this.#reach;
    const [start, end, parent] = [this.#runs[run]!, this.#runs[run + 1]!, this.#runs[run + 2]!];
    const row = Math.floor(start / width) * width;
    const from = Math.max(row, start - reach) + shift;
    const to = Math.min(row + width, end + reach) + shift;
    // The run that it was found from needs no second look.
    const [known, knownEnd] = [this.#runs[parent]!, this.#runs[parent + 1]!];
    if (known >= row + shift && known < row + shift + width && parent !== run) {
      this.#lookAt(from, Math.min(to, known), run, shift, labels, label);
      this.#lookAt(Math.max(from, knownEnd), to, run, shift, labels, label);
    } else {
      this.#lookAt(from, to, run, shift, labels, label);
    }
  }

  #lookAt(from: number, to: number, run: number, shift: number, labels: Int32Array, label: number): void {
    const { inside, linked } = this.#links;
    for (let at = from; at < to; at++) {
      if (labels[at] !== 0 || !inside(at)) continue;
      if (linked !== undefined && !this.#touches(run, at - shift, at, linked)) continue;
      // What it grows to is passed over.
      at = this.#addRun(at, run, labels, label) - 1;
    }
  }

  /** Whether a pixel is linked to one of those of a run that are around `beside`. */
  #touches(run: number, beside: number, pixel: number, linked: (a: number, b: number) => boolean): boolean {
    const last = Math.min(this.#runs[run + 1]! - 1, beside + this.#reach);
    let near = Math.max(this.#runs[run]!, beside - this.#reach);
    while (near <= last && !linked(near, pixel)) near++;
    return near <= last;
  }

  /** Adds the run around a pixel. @returns its end. */
  #addRun(pixel: number, parent: number, labels: Int32Array, label: number): number {
    const { inside, linked } = this.#links;
    const { width } = this.#size;
    const row = Math.floor(pixel / width) * width;
    const rowEnd = row + width;
    let start = pixel;
    let end = pixel + 1;
    if (linked === undefined) {
      while (start > row && labels[start - 1] === 0 && inside(start - 1)) start--;
      while (end < rowEnd && labels[end] === 0 && inside(end)) end++;
    } else {
      while (start > row && labels[start - 1] === 0 && inside(start - 1) && linked(start - 1, start)) start--;
      while (end < rowEnd && labels[end] === 0 && inside(end) && linked(end - 1, end)) end++;
    }
    labels.fill(label, start, end);
    if (this.#count === this.#runs.length) {
      const grown = new Int32Array(2 * this.#runs.length);
      grown.set(this.#runs);
      this.#runs = grown;
    }
    this.#runs[this.#count] = start;
    this.#runs[this.#count + 1] = end;
    this.#runs[this.#count + 2] = parent;
    this.#count += RUN;
    return end;
  }
}
