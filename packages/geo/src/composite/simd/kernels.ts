import { KERNEL_BINARY } from './kernel-binary.ts';

/** What packages/geo/assembly exports. Numbers called pointers are byte offsets into the memory. */
export interface RankKernels {
  freeMemory(): number;
  readonly rankTriplets8: TripletKernel;
  readonly rankTriplets16: TripletKernel;
  readonly rankBand8: BandKernel;
  readonly rankBand16: BandKernel;
}

type TripletKernel = (
  offsets: number,
  scenes: number,
  plane: number,
  from: number,
  pixels: number,
  nodata: number,
  saturation: number,
  ranks: number,
  exact: boolean,
  target: number,
  targetPlane: number,
  counts: number,
  scratch: number,
) => void;

type BandKernel = (
  offsets: number,
  scenes: number,
  from: number,
  pixels: number,
  nodata: number,
  saturation: number,
  ranks: number,
  target: number,
  counts: number,
  scratch: number,
) => void;

/** Of WebAssembly's JavaScript interface the part that is used here; not all environments' types declare it. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  readonly Memory: new (descriptor: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

/** Bytes of a page of WebAssembly's memory. */
const PAGE = 65_536;

/** The module, compiled at its first use; `null`: there are no vectors here. */
let compiled: object | null | undefined;

/** A memory, kernels that work in it, and where in it their caller's part begins. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  readonly start: number;
  readonly kernels: RankKernels;
}

/**
 * Makes a memory with so many bytes for the caller, of a fixed size.
 *
 * @returns `null` where WebAssembly or its 128-bit vectors are missing.
 * @throws RangeError if there is not so much memory.
 */
export function createKernelMemory(bytes: number): KernelMemory | null {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly?: WebAssemblyApi };
  if (WebAssembly === undefined) return null;
  compiled ??= compile(WebAssembly);
  if (compiled === null) return null;
  // A page for the little that the module has of its own.
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) + 1 });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const kernels = exports as RankKernels;
  return { buffer: memory.buffer, start: (kernels.freeMemory() + 15) & ~15, kernels };
}

function compile(api: WebAssemblyApi): object | null {
  const bytes = Uint8Array.from(atob(KERNEL_BINARY), (character) => character.charCodeAt(0));
  return api.validate(bytes) ? new api.Module(bytes) : null;
}
