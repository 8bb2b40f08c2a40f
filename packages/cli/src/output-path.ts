import { basename, extname, join } from 'node:path';
import type { OutputFormat } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';

const EXTENSIONS: Readonly<Record<OutputFormat | 'zip', string>> = {
  // A result of several files.
  zip: 'zip',
  png: 'png',
  jpeg: 'jpg',
  webp: 'webp',
  avif: 'avif',
  tiff: 'tif',
};

export interface Task {
  readonly input: string;
  readonly output: string;
}

/**
 * Names the output of each input: its stem with the format's extension, in `folder`.
 *
 * @throws AppError BAD_REQUEST before any work if two inputs would be written to one file or an input to itself.
 */
export function planOutputs(inputs: readonly string[], folder: string, format: OutputFormat | 'zip'): readonly Task[] {
  const seen = new Map<string, string>();
  return inputs.map((input) => {
    const output = join(folder, `${basename(input, extname(input))}.${EXTENSIONS[format]}`);
    const other = seen.get(output);
    if (other !== undefined)
      throw new AppError('BAD_REQUEST', { message: `${other} and ${input} would both become ${output}` });
    if (join(input) === output)
      throw new AppError('BAD_REQUEST', {
        message: `${input} would be overwritten by its own result; choose another --output`,
      });
    seen.set(output, input);
    return { input, output };
  });
}
