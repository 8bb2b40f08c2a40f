import type { Scaling } from '@tessera/contracts';
import type { Samples } from '../raster/sample-type.ts';
import { OPERATORS, type OperatorFacts } from './operator.ts';
import type { Program, ProgramStep } from './program.ts';

/** Samples of a band and what they mean. */
export interface ScaledSamples {
  readonly samples: Samples;
  readonly scaling: Pick<Scaling, 'scale' | 'offset'>;
}

/** Samples that are computed at one time: their registers stay in the fastest cache. */
export const CHUNK = 2048;

/**
 * Runs a program over samples, step by step in single precision: each operator's result is rounded to it, as numpy does
 * with arrays of float32. Physical values are computed in double precision and rounded once, as numpy computes
 * `(samples * scale + offset).astype('float32')`.
 *
 * @param bands In the order of the program's bands, each with `count` samples.
 * @returns `count` results, infinities and all.
 */
export function runProgram(
  program: Program,
  bands: readonly ScaledSamples[],
  count: number,
): Float32Array<ArrayBuffer> {
  const registers = Array.from({ length: program.registers }, () => new Float32Array(CHUNK));
  program.constants.forEach((value, index) => registers[bands.length + index]!.fill(value));
  const results = new Float32Array(count);
  for (let start = 0; start < count; start += CHUNK) {
    const length = Math.min(CHUNK, count - start);
    bands.forEach((band, index) => load(band, start, length, registers[index]!));
    for (const step of program.steps) runStep(step, registers, length);
    results.set(registers[program.result]!.subarray(0, length), start);
  }
  return results;
}

function load({ samples, scaling }: ScaledSamples, start: number, length: number, target: Float32Array): void {
  const { scale, offset } = scaling;
  if (scale === 1 && offset === 0) target.set(samples.subarray(start, start + length));
  else for (let i = 0; i < length; i++) target[i] = samples[start + i]! * scale + offset;
}

function runStep({ operator, target, a, b, c }: ProgramStep, registers: readonly Float32Array[], length: number): void {
  const { compute }: OperatorFacts = OPERATORS[operator];
  const [to, first, second, third] = [registers[target]!, registers[a]!, registers[b]!, registers[c]!];
  for (let i = 0; i < length; i++) to[i] = compute(first[i]!, second[i]!, third[i]!);
}
