import type { Grid, Output, Region } from '@tessera/contracts';
import type { Raster, Samples } from '@tessera/imaging';

/**
 * What the assembler needs to know of a strip besides its bytes; JSON, a few kB at most.
 * The strip's bytes are final: assembling only puts headers, strips and a trailer one after another.
 */
export interface StripFacts {
  /** Length of the encoded strip in bytes. */
  readonly bytes: number;
  /** PNG: Adler-32 of the filtered rows and their number of bytes, for combining. */
  readonly adler?: { readonly value: number; readonly length: number };
  /** JPEG: everything before the entropy-coded data of a whole-image file of the same tables, base64, with height patched out. */
  readonly header?: string;
  /** TIFF: encoded lengths of the region's tiles in raster order, bytes. */
  readonly tiles?: readonly number[];
}

export interface EncodedStrip {
  readonly bytes: Uint8Array;
  readonly facts: StripFacts;
}

/** Where a strip stands in its file. */
export interface StripPlace {
  readonly region: Region;
  readonly index: number;
  readonly count: number;
  readonly grid: Grid;
}

/** A piece of the finished file: literal bytes, or the whole strip of that index. */
export type Segment = Uint8Array | { readonly strip: number };

/** What a file may carry besides its pixels. */
export interface FileExtras {
  /** An EXIF block: a TIFF structure, without the `Exif` marker. PNG and JPEG write it, other formats leave it out. */
  readonly exif?: Uint8Array | undefined;
}

/** One output format: how peers encode their regions and how the pieces become one file. */
export interface StripFormat {
  /** Encodes the output pixels of one region, in the output's depth. Deterministic: equal pixels give equal bytes. */
  encode(raster: Raster<Samples>, place: StripPlace, output: Output): Promise<EncodedStrip>;
  /** Lists the pieces of the file in order. Pure; `strips[i]` belongs to cell `i` of the grid. */
  assemble(strips: readonly StripFacts[], grid: Grid, output: Output, extras?: FileExtras): readonly Segment[];
}
