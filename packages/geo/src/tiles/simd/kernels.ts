import { KERNEL_BINARY } from './kernel-binary.ts';

type Undo = (at: number, rows: number, rowBytes: number, step: number) => void;
type FloatBytes = (from: number, to: number, rows: number, count: number) => void;

/** What packages/geo/assembly/tiles exports. Numbers called at, from and to are byte offsets into the memory. */
export interface TileKernels {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number };
  readonly freeMemory: () => number;
  readonly inflate: (source: number, length: number, target: number, allowed: number, wanted: number) => number;
  /** Raw deflate without a last block. */
  readonly deflate: (source: number, length: number, target: number) => number;
  readonly adler32: (source: number, length: number, value: number) => number;
  readonly halveFloats: (from: number, to: number, rows: number, width: number) => void;
  readonly repeatedBytes: (at: number, length: number) => number;
  readonly undoDifferences8: Undo;
  readonly undoDifferences16: Undo;
  readonly undoDifferences32: Undo;
  readonly difference: (at: number, rows: number, rowBytes: number, step: number, size: number) => void;
  readonly joinFloatBytes: FloatBytes;
  readonly splitFloatBytes: FloatBytes;
  readonly pickBand: (
    from: number,
    rowBytes: number,
    to: number,
    rows: number,
    count: number,
    size: number,
    stride: number,
  ) => void;
}

/** Of WebAssembly's JavaScript interface the part that is used here; not all environments' types declare it. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

/** The kernels, or `null` where WebAssembly or its 128-bit vectors are missing. */
export function instantiateTileKernels(): TileKernels | null {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly?: WebAssemblyApi };
  const bytes = Uint8Array.from(atob(KERNEL_BINARY), (character) => character.charCodeAt(0));
  if (WebAssembly?.validate(bytes) !== true) return null;
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as TileKernels;
}
