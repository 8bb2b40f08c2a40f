import { access } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Step } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { ApiClient } from './api-client.ts';
import { hashFile } from './submit/content-hash.ts';

/** What ids of images look like: a name without an ending may be one. */
const ID = /^[\w-]{16,64}$/;

/** Uploads the files that steps name as their other images, each once, and gives the steps with ids. */
export function uploadOthers(
  steps: readonly Step[],
  client: Pick<ApiClient, 'upload'>,
  signal: AbortSignal,
): Promise<readonly Step[]> {
  return replaceFiles(steps, async (path) => (await client.upload(path, basename(path), signal)).id);
}

/** The steps with the SHA-256 of those files in place of their names. */
export function contentOfOthers(steps: readonly Step[], signal: AbortSignal): Promise<readonly Step[]> {
  return replaceFiles(steps, (path) => hashFile(path, signal));
}

/** @throws AppError SOURCE_MISSING naming the step. */
async function replaceFiles(
  steps: readonly Step[],
  replacement: (path: string) => Promise<string>,
): Promise<readonly Step[]> {
  const known = new Map<string, Promise<string>>();
  return Promise.all(
    steps.map(async (step) => {
      if (!('image' in step.params) || step.params.image === '') return step;
      const { image } = step.params;
      const path = resolve(image);
      if (!(await exists(path))) {
        if (ID.test(image)) return step;
        throw new AppError('SOURCE_MISSING', { message: `--op ${step.op}: there is no file ${image}` });
      }
      const replaced = known.get(path) ?? replacement(path);
      known.set(path, replaced);
      return { ...step, params: { ...step.params, image: await replaced } } as Step;
    }),
  );
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
