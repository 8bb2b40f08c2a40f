import type { ErrorCode, InputFormat } from '@tessera/contracts';

/** What a local file may be: a picture of some format, or JPEG 2000, which is taken as a raster. */
export type LocalFormat = InputFormat | 'raster';

/** What the head of a local file tells, before anything is sent. */
export interface FileFacts {
  readonly format: LocalFormat;
  /** Size as shown: EXIF orientation is applied. Absent where the head does not tell. */
  readonly width?: number;
  readonly height?: number;
  /** Interlaced PNG or GIF, progressive JPEG. */
  readonly progressive: boolean;
}

/** What the structure of one format tells. */
export interface Structure {
  readonly width: number;
  readonly height: number;
  readonly progressive: boolean;
  /** False where the file surely ends too early. */
  readonly whole: boolean;
  /** EXIF orientation, 1–8. */
  readonly orientation: number;
  /** A small JPEG within the file. */
  readonly preview?: ByteRange;
}

export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** Why a file can not be taken, told without the server. */
export interface Refusal {
  readonly code: ErrorCode;
  /** What the file is, where that is known and no image: for example `PDF`. */
  readonly looksLike?: string;
}

/** What a look at a local file gave. */
export interface Look {
  readonly facts?: FileFacts;
  readonly refusal?: Refusal;
  readonly preview?: ByteRange;
  readonly orientation: number;
}
