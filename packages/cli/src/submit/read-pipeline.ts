import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { outputRequestSchema, pipelineSchema, type OutputRequest, type Step } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import * as z from 'zod';

const fileSchema = z.union([
  z.object({ pipeline: pipelineSchema, output: outputRequestSchema.partial().optional() }),
  pipelineSchema.transform((pipeline) => ({ pipeline, output: undefined })),
]);

export interface WrittenPipeline {
  readonly steps: readonly Step[];
  readonly output: { readonly [Name in keyof OutputRequest]?: OutputRequest[Name] | undefined };
}

/**
 * Reads a pipeline from a JSON file, `-` for standard input: `{"pipeline": [{"op": …, "params": …}…], "output": {…}}`,
 * or the list of steps alone.
 *
 * @throws AppError INVALID_PIPELINE that names the file and what is wrong in it.
 */
export async function readPipeline(path: string, stdin: NodeJS.ReadableStream): Promise<WrittenPipeline> {
  const written = path === '-' ? await text(stdin) : await readText(path);
  const parsed = fileSchema.safeParse(parseJson(path, written));
  if (parsed.success) return { steps: parsed.data.pipeline, output: parsed.data.output ?? {} };
  throw new AppError('INVALID_PIPELINE', { message: `${path}: ${z.prettifyError(parsed.error)}` });
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('INVALID_PIPELINE', { message: `The pipeline ${path} can not be read.`, cause });
  });
}

function parseJson(path: string, written: string): unknown {
  try {
    return JSON.parse(written);
  } catch (cause) {
    throw new AppError('INVALID_PIPELINE', { message: `${path} is not JSON: ${String(cause)}`, cause });
  }
}
