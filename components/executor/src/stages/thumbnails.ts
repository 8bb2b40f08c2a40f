import { createHash } from 'node:crypto';
import { OUTPUT_EXTENSIONS } from '@tessera/codec';
import { cellsOf, type ResultFacts } from '@tessera/contracts';
import { outputFor } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import type { FileFacts } from '../receipt.ts';
import { joinFile } from './join-file.ts';
import { filesOf, folderKey } from './result-folder.ts';
import type { StageContext } from './stage-context.ts';

/** Joins the strips of each size to a file of its own, the smallest first. */
export async function joinThumbnails(context: StageContext): Promise<ResultFacts> {
  const { plan, stages } = context;
  const { output } = plan;
  const pictures: NonNullable<NonNullable<ResultFacts['files']>['pictures']> = [];
  const files: FileFacts[] = [];
  for (const [stage, work] of [...stages.entries()].reverse()) {
    if (work.kind !== 'render' || work.file === undefined) continue;
    const { picture, grid } = cellsOf(plan, work);
    const name = `${String(output.thumbnails?.[work.file])}.${OUTPUT_EXTENSIONS[output.format]}`;
    const wish = { key: folderKey(context) + name, output: outputFor(output, picture), grid };
    const { key, bytes, width, height, pixelDigest } = await joinFile(context, stage, wish);
    pictures.unshift({ name, bytes, width, height, pixelDigest });
    files.push({ name, bytes, sha256: await sha256Of(context, key) });
  }
  const [main] = pictures;
  if (main === undefined) throw new AppError('INTERNAL', { details: { reason: 'no thumbnails are wanted' } });
  return {
    key: folderKey(context),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    contentType: 'application/zip',
    width: main.width,
    height: main.height,
    channels: output.channels,
    ...(output.depth && { depth: output.depth }),
    pixelDigest: main.pixelDigest,
    verified: false,
    files: { ...filesOf(files, main.name), pictures },
  };
}

/** The store joined the pieces: nobody has seen the file yet. */
async function sha256Of({ tools, signal }: StageContext, key: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of await tools.objects.get(key, { signal })) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
