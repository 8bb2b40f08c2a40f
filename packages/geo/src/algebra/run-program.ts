import type { Program } from './program.ts';
import { CHUNK, scalarRegisters, vectorRegisters, type Registers, type ScaledSamples } from './registers.ts';
import { loadVectors } from './vectors/load-vectors.ts';

/** Is told the results of `length` samples from sample `start` on; they are overwritten by the next. */
export type ResultsTaker = (results: Float32Array, start: number, length: number, allFinite: boolean) => void;

/**
 * Runs a program over samples, step by step in single precision: each operator's result is rounded to it, as numpy does
 * with arrays of float32. Physical values are computed in double precision and rounded once, as numpy computes
 * `(samples.astype('float64') * scale + offset).astype('float32')`.
 *
 * @param bands In the order of the program's bands, each with `count` samples.
 * @param registers Default: vectors where this machine has them.
 */
export function runProgram(
  program: Program,
  bands: readonly ScaledSamples[],
  count: number,
  take: ResultsTaker,
  registers: Registers = registersFor(program),
): void {
  program.constants.forEach((value, index) => registers.fill(bands.length + index, value));
  for (let start = 0; start < count; start += CHUNK) {
    const length = Math.min(CHUNK, count - start);
    bands.forEach((band, index) => registers.load(index, band, start, length));
    for (const step of program.steps) registers.run(step, length);
    take(registers.read(program.result, length), start, length, registers.allFinite(program.result, length));
  }
}

function registersFor(program: Program): Registers {
  const vectors = loadVectors();
  return vectors ? vectorRegisters(program.registers, vectors) : scalarRegisters(program.registers);
}
