import { InvalidArgumentError } from 'commander';

/** A band of a file on this machine. */
export interface BandFile {
  readonly file: string;
  /** From 1. */
  readonly band: number;
}

/**
 * Reads `FILE` or `FILE:BAND`; without a band it is the first one.
 *
 * @throws InvalidArgumentError for an empty name and for band 0.
 */
export function parseBandFile(text: string): BandFile {
  const [, file, number] = /^(.+?)(?::(\d+))?$/s.exec(text) ?? [];
  if (file === undefined) throw new InvalidArgumentError('give a file, or FILE:BAND with a number of its band.');
  const band = Number(number ?? 1);
  if (band < 1) throw new InvalidArgumentError('bands count from 1.');
  return { file, band };
}

/** Reads `NAME=FILE[:BAND]`, and adds it to those given before. */
export function parseNamedBand(
  text: string,
  before: Readonly<Record<string, BandFile>>,
): Readonly<Record<string, BandFile>> {
  const [, name, rest] = /^([A-Za-z_]\w*)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || rest === undefined) {
    throw new InvalidArgumentError('write NAME=FILE or NAME=FILE:BAND, for example nir=B08.tif.');
  }
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`the band ${name} is given twice.`);
  return { ...before, [name]: parseBandFile(rest) };
}
