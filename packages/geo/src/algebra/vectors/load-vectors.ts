import type { Operator } from '../operator.ts';
import { KERNEL_BINARY } from './kernel-binary.ts';

type VectorOperator = (to: number, a: number, b: number, count: number, c: number) => void;
type Conversion = (from: number, to: number, count: number) => void;

/** Operators that have no vector form: their results would depend on more than IEEE 754. */
export type ScalarOperator = 'exp' | 'log' | 'power';

/** What packages/geo/assembly/algebra exports. Numbers are byte offsets into the memory, multiples of 16, but for counts. */
export interface Vectors extends Readonly<Record<Exclude<Operator, ScalarOperator>, VectorOperator>> {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly freeMemory: () => number;
  readonly convertUint8: Conversion;
  readonly convertInt8: Conversion;
  readonly convertUint16: Conversion;
  readonly convertInt16: Conversion;
  readonly rescale: (at: number, count: number, scale: number, offset: number) => void;
  readonly allFinite: (at: number, count: number) => number;
}

/** Of WebAssembly's JavaScript interface the part that is used here; not all environments' types declare it. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

/** One instance a thread: no state in it outlives a call. */
let instance: Vectors | null | undefined;

/** The vector operators, or `null` where WebAssembly or its 128-bit vectors are missing. */
export function loadVectors(): Vectors | null {
  instance ??= instantiate();
  return instance;
}

function instantiate(): Vectors | null {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly?: WebAssemblyApi };
  const bytes = Uint8Array.from(atob(KERNEL_BINARY), (character) => character.charCodeAt(0));
  if (WebAssembly?.validate(bytes) !== true) return null;
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Vectors;
}
