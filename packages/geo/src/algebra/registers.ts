import type { Scaling } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { Samples } from '../raster/sample-type.ts';
import { OPERATORS, type OperatorFacts } from './operator.ts';
import type { ProgramStep } from './program.ts';
import type { Vectors } from './vectors/load-vectors.ts';

/** Samples of a band and what they mean. */
export interface ScaledSamples {
  readonly samples: Samples;
  readonly scaling: Pick<Scaling, 'scale' | 'offset'>;
}

/** Samples that are computed at one time: the registers of most expressions stay in the fastest cache. */
export const CHUNK = 1024;

const NUMBER_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** The numbers that a program works on, {@link CHUNK} in each register. */
export interface Registers {
  readonly fill: (register: number, value: number) => void;
  /** Puts the values of `length` samples, from sample `start` on, into a register. */
  readonly load: (register: number, band: ScaledSamples, start: number, length: number) => void;
  readonly run: (step: ProgramStep, length: number) => void;
  readonly read: (register: number, length: number) => Float32Array;
  /** Whether the first `length` numbers are finite; a false no costs time only. */
  readonly allFinite: (register: number, length: number) => boolean;
}

/** One number after the other, by the definitions of the operators. */
export function scalarRegisters(count: number): Registers {
  return definedRegisters(Array.from({ length: count }, () => new Float32Array(CHUNK)));
}

function definedRegisters(registers: readonly Float32Array[]): Registers {
  return {
    fill: (register, value) => void registers[register]!.fill(value),
    load(register, { samples, scaling: { scale, offset } }, start, length) {
      const target = registers[register]!;
      if (scale === 1 && offset === 0) target.set(samples.subarray(start, start + length));
      else for (let i = 0; i < length; i++) target[i] = samples[start + i]! * scale + offset;
    },
    run({ operator, target, a, b, c }, length) {
      const { compute }: OperatorFacts = OPERATORS[operator];
      const [to, first, second, third] = [registers[target]!, registers[a]!, registers[b]!, registers[c]!];
      for (let i = 0; i < length; i++) to[i] = compute(first[i]!, second[i]!, third[i]!);
    },
    read: (register, length) => registers[register]!.subarray(0, length),
    allFinite: () => false,
  };
}

/**
 * Four numbers at a time, with the same bits: single precision is what these operators compute in.
 *
 * @throws AppError INTERNAL if the registers do not fit into memory; those of no expression are so many.
 */
export function vectorRegisters(count: number, vectors: Vectors): Registers {
  const { buffer } = vectors.memory;
  // Samples as they are come first, then the registers.
  const input = (vectors.freeMemory() + 15) & ~15;
  const start = input + CHUNK * NUMBER_BYTES;
  const at = (register: number): number => start + register * CHUNK * NUMBER_BYTES;
  if (at(count) > buffer.byteLength) throw new AppError('INTERNAL', { details: { what: 'registers', count } });
  const defined = definedRegisters(
    Array.from({ length: count }, (_, register) => new Float32Array(buffer, at(register), CHUNK)),
  );
  const raw = new Uint8Array(buffer, input, CHUNK * NUMBER_BYTES);
  return {
    ...defined,
    load(register, band, from, length) {
      const { samples, scaling } = band;
      const bytes = samples.BYTES_PER_ELEMENT;
      const convert = conversionOf(samples, vectors);
      if (convert === undefined) {
        defined.load(register, band, from, length);
        return;
      }
      raw.set(new Uint8Array(samples.buffer, samples.byteOffset + from * bytes, length * bytes));
      convert(input, at(register), length);
      if (scaling.scale !== 1 || scaling.offset !== 0)
        vectors.rescale(at(register), length, scaling.scale, scaling.offset);
    },
    run(step, length) {
      const { operator, target, a, b, c } = step;
      if (operator === 'exp' || operator === 'log' || operator === 'power') defined.run(step, length);
      else vectors[operator](at(target), at(a), at(b), length, at(c));
    },
    allFinite: (register, length) => vectors.allFinite(at(register), length) === 1,
  };
}

function conversionOf(samples: Samples, vectors: Vectors): Vectors['convertUint8'] | undefined {
  if (samples instanceof Uint16Array) return vectors.convertUint16;
  if (samples instanceof Uint8Array) return vectors.convertUint8;
  if (samples instanceof Int16Array) return vectors.convertInt16;
  return samples instanceof Int8Array ? vectors.convertInt8 : undefined;
}
