import type { ErrorCode } from '@tessera/contracts';

/** A file that somebody may upload, and what must come of it. */
export interface BadInput {
  /** Row of the table of bad inputs. */
  readonly row: number;
  readonly name: string;
  readonly make: () => Promise<Uint8Array>;
  /** HTTP status of the upload. */
  readonly status: number;
  /** Error code of the upload; `null` where the file is accepted. */
  readonly code: ErrorCode | null;
  /** Error code of every job on the accepted file, where its pixels can't be decoded. */
  readonly jobCode?: ErrorCode;
  /** What the decoder of pictures says, where the site sees more in the file than a picture. */
  readonly decoderCode?: ErrorCode;
}

type Make = () => Uint8Array | Promise<Uint8Array>;

const input = (row: number, name: string, status: number, code: ErrorCode | null, make: Make): BadInput => ({
  row,
  name,
  make: async () => make(),
  status,
  code,
});

/** A file that is accepted. */
export const accepted = (row: number, name: string, make: Make): BadInput => input(row, name, 201, null, make);

/** A file that is accepted and then fails every job. */
export const undecodable = (row: number, name: string, jobCode: ErrorCode, make: Make): BadInput => ({
  ...accepted(row, name, make),
  jobCode,
});

/** A file that is taken as a raster, for it is no picture. */
export const raster = (row: number, name: string, decoderCode: ErrorCode, make: Make): BadInput => ({
  ...accepted(row, name, make),
  decoderCode,
});

/** A file whose format is not read. */
export const unsupported = (row: number, name: string, make: Make): BadInput =>
  input(row, name, 415, 'UNSUPPORTED_FORMAT', make);

/** A file that is recognised but refused. */
export const refused = (row: number, name: string, code: ErrorCode, make: Make): BadInput =>
  input(row, name, 422, code, make);
