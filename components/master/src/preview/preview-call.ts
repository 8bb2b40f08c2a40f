import type { View } from '@tessera/codec';
import type { ErrorCode, Pipeline, Region, Size, Step } from '@tessera/contracts';
import type { Raster, Window } from '@tessera/imaging';

/** What a preview reads of another image, at its own scale. */
export interface PreviewOther {
  readonly name: string;
  readonly size: Size;
  readonly windows: readonly Window[];
}

/** A small copy of the whole picture, with the steps scaled for it, and what they read of other images. */
export interface OverviewCall {
  readonly raster: Raster;
  readonly steps: readonly (Step | undefined)[];
  readonly others: readonly PreviewOther[];
}

/** What a preview thread is asked. */
export interface PreviewCall {
  readonly pipeline: Pipeline;
  readonly picture: Size;
  readonly region: Region;
  /** Where the raster lies in the picture. */
  readonly needed: Region;
  readonly raster: Raster;
  readonly others: readonly PreviewOther[];
  /** Absent where no operation needs it. */
  readonly overview?: OverviewCall;
  /** Whether every pixel has to arrive as it is. */
  readonly exact: boolean;
}

/** An error keeps its code, which structured cloning would drop. */
export type PreviewAnswer =
  | { readonly ok: true; readonly view: View }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };
