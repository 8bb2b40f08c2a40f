import { AppError } from '@tessera/runtime/app-error';
import { InvalidArgumentError } from 'commander';

/** A number for all bands, numbers for some of them, or both: what is said of one band goes before what is said of all. */
export interface PerBand {
  readonly all?: number;
  readonly named: Readonly<Record<string, number>>;
}

/** Reads a number, as JavaScript and Python write them. */
export function parseNumber(text: string): number {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) throw new InvalidArgumentError('must be a number.');
  return Number(text);
}

/** Reads `VALUE` or `NAME=VALUE`, and adds it to those given before. */
export function parsePerBand(text: string, before: PerBand): PerBand {
  const equals = text.indexOf('=');
  const value = parseNumber(text.slice(equals + 1));
  if (equals < 0) return { ...before, all: value };
  return { ...before, named: { ...before.named, [text.slice(0, equals)]: value } };
}

/**
 * The scale or the offset of each band that has one.
 *
 * @param flag for the message.
 * @throws AppError BAD_REQUEST for a name that is no band.
 */
export function perBand(flag: string, given: PerBand, bands: readonly string[]): Readonly<Record<string, number>> {
  const unknown = Object.keys(given.named).find((name) => !bands.includes(name));
  if (unknown !== undefined) {
    throw new AppError('BAD_REQUEST', {
      message: `${flag} ${unknown}=…: there is no such band; the bands are ${bands.join(', ')}`,
    });
  }
  return given.all === undefined
    ? given.named
    : { ...Object.fromEntries(bands.map((band) => [band, given.all ?? 0])), ...given.named };
}
