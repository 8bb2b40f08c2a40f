import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { isPictureFormat, type BasicStage, type Output, type Plan, type ResultFacts } from '@tessera/contracts';
import { OUTPUT_FORMATS, planJob } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import { createMemoryStore } from '@tessera/storage/memory';
import { readReceipt, type Receipt } from '../receipt.ts';
import { runSequence } from './sequence.ts';
import type { RunStage, StageContext } from './stage-context.ts';

/**
 * Runs the job again on this executor alone, with the whole picture as one region, and compares: the digest of the
 * unsplit raster must be the result's, the reports the same, and the finished file must decode to the same pixels as the
 * unsplit file. Of a result of several files each stored one must be that of the unsplit run, byte for byte.
 *
 * @throws AppError VERIFY_MISMATCH.
 */
export async function verify(
  context: StageContext,
  work: Extract<BasicStage, { kind: 'verify' }>,
  runStage: RunStage,
): Promise<Receipt> {
  const { output } = context.plan;
  const receipt = await readReceipt(context.area, work.assembleStage, 0, context.signal);
  if (receipt.kind !== 'result') throw new AppError('INTERNAL', { details: { reason: 'not a result receipt' } });
  const { result } = receipt;

  const unsplit = createMemoryStore();
  try {
    const expected = await runUnsplit(context, unsplit, runStage);
    compare('raster', result.pixelDigest, expected.pixelDigest);
    compare('report', digestsOf(result), digestsOf(expected));
    if (result.files?.pictures) {
      await comparePictures(context, unsplit, result, expected);
      return { kind: 'result', result: { ...result, verified: true } };
    }
    if (result.files || expected.files) {
      compare('files', result.files?.digest, expected.files?.digest);
      await compareStored(context, unsplit, result, expected);
      return { kind: 'result', result: { ...result, verified: true } };
    }
    const decoded = await decodedDigest(context, context.tools.objects, result.key, output);
    const wanted = OUTPUT_FORMATS[output.format].lossless
      ? expected.pixelDigest
      : await decodedDigest(context, unsplit, expected.key, output);
    compare('file', decoded, wanted);
  } finally {
    await unsplit.close();
  }
  return { kind: 'result', result: { ...result, verified: true } };
}

const digestsOf = ({ reports = [] }: ResultFacts): string => reports.map(({ sha256 }) => sha256).join();

function compare(
  what: 'raster' | 'report' | 'file' | 'files',
  actual: string | undefined,
  expected: string | undefined,
): void {
  if (actual !== expected) throw new AppError('VERIFY_MISMATCH', { details: { what, actual, expected } });
}

/** Decodes each picture of a result of several. */
async function comparePictures(
  context: StageContext,
  unsplit: ObjectStore,
  result: ResultFacts,
  expected: ResultFacts,
): Promise<void> {
  const { output } = context.plan;
  const [ours = [], theirs = []] = [result.files?.pictures, expected.files?.pictures];
  const digests = (pictures: typeof ours): string => pictures.map(({ pixelDigest }) => pixelDigest).join();
  compare('raster', digests(ours), digests(theirs));
  for (const { name, pixelDigest } of theirs) {
    const decoded = await decodedDigest(context, context.tools.objects, result.key + name, output);
    const wanted = OUTPUT_FORMATS[output.format].lossless
      ? pixelDigest
      : await decodedDigest(context, unsplit, expected.key + name, output);
    compare('file', decoded, wanted);
  }
}

/** Reads all files of a result as they are stored. */
async function compareStored(
  { tools, signal }: StageContext,
  unsplit: ObjectStore,
  result: ResultFacts,
  expected: ResultFacts,
): Promise<void> {
  const digestOf = async (store: ObjectStore, key: string): Promise<string> =>
    hash('sha256', await buffer(await store.get(key, { signal })), 'hex');
  for await (const { key } of unsplit.list(expected.key)) {
    const name = key.slice(expected.key.length);
    compare('file', await digestOf(tools.objects, result.key + name), await digestOf(unsplit, key));
  }
}

async function runUnsplit(context: StageContext, objects: ObjectStore, runStage: RunStage): Promise<ResultFacts> {
  const plan = unsplitPlan(context);
  const whole = plan.stages[0];
  if (whole?.kind !== 'sequence') throw new AppError('INTERNAL', { details: { reason: 'the unsplit plan is split' } });
  const receipt = await runSequence({ ...context, plan, tools: { ...context.tools, objects } }, whole, runStage);
  if (receipt.kind !== 'result')
    throw new AppError('INTERNAL', { details: { reason: 'the unsplit run has no result' } });
  return receipt.result;
}

function unsplitPlan({ plan, image }: StageContext): Plan {
  const { format, quality, subsampling, metadata, tiles, thumbnails } = plan.output;
  if (!isPictureFormat(image.format)) throw new AppError('INTERNAL', { details: { reason: 'not a picture' } });
  const options = { split: 'never', verify: false, input: image.format, slots: 1 } as const;
  const { others } = plan;
  const request = {
    format,
    quality,
    subsampling,
    metadata,
    ...(tiles && { tiles }),
    ...(thumbnails && { thumbnails }),
  };
  const unsplit = planJob(plan.picture, plan.pipeline, request, options);
  return { ...unsplit, ...(others && { others }) };
}

/** Decodes a stored file in a child process, as any reader would, and digests its pixels. */
async function decodedDigest(
  context: StageContext,
  store: ObjectStore,
  key: string,
  { format, depth }: Output,
): Promise<string> {
  const name = join(context.tools.scratch, randomUUID());
  const source = `${name}.${format}`;
  const target = `${name}.v`;
  const { signal } = context;
  try {
    await pipeline(await store.get(key, { signal }), createWriteStream(source, { mode: 0o600 }), { signal });
    const raster = await context.tools.decoder.decode(source, target, { signal, depth });
    return await context.tools.kernel('digest', { raster }, signal);
  } finally {
    await Promise.all([rm(source, { force: true }), rm(target, { force: true })]);
  }
}
