import { hash } from 'node:crypto';
import type { ResultFiles } from '@tessera/contracts';
import type { FileFacts } from '../receipt.ts';
import { resultKey } from '../work-area.ts';
import type { StageContext } from './stage-context.ts';

/** Files that are sent at one time. */
const SIDE_BY_SIDE = 8;

/** A file of a result, and where it lies in the result's folder. */
export interface ResultFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Key of the folder of a job's files. */
export function folderKey(context: StageContext): string {
  return resultKey(context, 'files/');
}

/** Writes files into the folder of a job's result, and tells of them. */
export async function storeFiles(
  context: StageContext,
  files: readonly ResultFile[],
  contentType: string,
): Promise<FileFacts[]> {
  const { tools, signal } = context;
  const queue = [...files];
  const sender = async (): Promise<void> => {
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      await tools.objects.put(folderKey(context) + file.name, file.bytes, { signal, contentType });
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, sender));
  return files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: hash('sha256', bytes, 'hex') }));
}

/** What a folder with these files is, `main` among them. */
export function filesOf(files: readonly FileFacts[], main: string): ResultFiles {
  const lines = [...files]
    .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`);
  return { count: files.length, main, digest: hash('sha256', lines.join(''), 'hex') };
}
