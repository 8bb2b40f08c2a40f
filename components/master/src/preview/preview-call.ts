import type { View } from '@tessera/codec';
import type { ErrorCode, Pipeline, Region, Size, Step } from '@tessera/contracts';
import type { Raster } from '@tessera/imaging';

/** What a preview thread is asked. */
export interface PreviewCall {
  readonly pipeline: Pipeline;
  readonly picture: Size;
  readonly region: Region;
  /** Where the raster lies in the picture. */
  readonly needed: Region;
  readonly raster: Raster;
  /** A small copy of the whole picture, with the steps scaled for it; absent where no operation needs it. */
  readonly overview?: { readonly raster: Raster; readonly steps: readonly (Step | undefined)[] };
  /** Whether every pixel has to arrive as it is. */
  readonly exact: boolean;
}

/** An error keeps its code, which structured cloning would drop. */
export type PreviewAnswer =
  | { readonly ok: true; readonly view: View }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };
