import { buffer } from 'node:stream/consumers';
import { missingSceneSchema, resultFactsSchema, type ResultFacts } from '@tessera/contracts';
import type { StripFacts } from '@tessera/codec';
import type { WindowReport } from '@tessera/geo';
import { AppError } from '@tessera/runtime';
import { z } from 'zod';
import type { TaskYield } from './task-work.ts';
import { receiptKey, type WorkArea } from './work-area.ts';

const stripFactsSchema: z.ZodType<StripFacts> = z.object({
  bytes: z.int().min(0),
  adler: z.object({ value: z.int(), length: z.int() }).exactOptional(),
  header: z.string().exactOptional(),
  tiles: z.array(z.int()).exactOptional(),
});

/** A file of a result of several. */
const fileFactsSchema = z.object({ name: z.string(), bytes: z.int().min(0), sha256: z.string() });
export type FileFacts = Readonly<z.infer<typeof fileFactsSchema>>;

/** What a task says of its work to the stages behind it. */
const receiptSchema = z.discriminatedUnion('kind', [
  /** `settled`: a merge that needs no further round. */
  z.object({ kind: z.literal('data'), settled: z.literal(true).exactOptional() }),
  /** `digests`: SHA-256 of the region's blocks; `exif`: the source's block, where it is kept; both base64. */
  z.object({
    kind: z.literal('strip'),
    strip: stripFactsSchema,
    digests: z.string(),
    exif: z.string().exactOptional(),
  }),
  /**
   * `sizes`: bytes of each encoded tile; `digests`: SHA-256 of a window's blocks; it and the tables base64; `report`: who
   * gave a window its samples.
   */
  z.object({
    kind: z.literal('piece'),
    sizes: z.array(z.int().min(0)),
    jpegTables: z.string().exactOptional(),
    digests: z.string(),
    report: z.object({ scenes: z.array(z.int().min(0)), missing: z.array(missingSceneSchema) }).exactOptional(),
  }),
  /** Files of a result of several; `digests`: SHA-256 of the region's blocks, base64. */
  z.object({ kind: z.literal('files'), files: z.array(fileFactsSchema), digests: z.string() }),
  z.object({ kind: z.literal('result'), result: resultFactsSchema }),
]);
export type Receipt =
  | { readonly kind: 'data'; readonly settled?: true }
  | { readonly kind: 'strip'; readonly strip: StripFacts; readonly digests: string; readonly exif?: string }
  | {
      readonly kind: 'piece';
      readonly sizes: readonly number[];
      readonly jpegTables?: string;
      readonly digests: string;
      readonly report?: WindowReport;
    }
  | { readonly kind: 'files'; readonly files: readonly FileFacts[]; readonly digests: string }
  | { readonly kind: 'result'; readonly result: ResultFacts };

/** Writes the receipt of a finished task. */
export async function writeReceipt(
  area: WorkArea,
  stage: number,
  index: number,
  receipt: Receipt,
  signal: AbortSignal,
): Promise<void> {
  const body = new TextEncoder().encode(JSON.stringify(receipt));
  await area.store.put(receiptKey(area, stage, index), body, { signal, contentType: 'application/json' });
}

/** Reads the receipt of a task, `undefined` if the task has none yet. */
export async function findReceipt(
  area: WorkArea,
  stage: number,
  index: number,
  signal: AbortSignal,
): Promise<Receipt | undefined> {
  try {
    const body = await buffer(await area.store.get(receiptKey(area, stage, index), { signal }));
    return receiptSchema.parse(JSON.parse(body.toString('utf8')));
  } catch (error) {
    if (AppError.is(error) && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/** Reads the receipt of a task that must be done. */
export async function readReceipt(area: WorkArea, stage: number, index: number, signal: AbortSignal): Promise<Receipt> {
  const receipt = await findReceipt(area, stage, index, signal);
  if (receipt === undefined) {
    throw new AppError('STORE_CORRUPT', { details: { missing: receiptKey(area, stage, index) } });
  }
  return receipt;
}

/** What masters have to know of a task that left this receipt. */
export function yieldOf(receipt: Receipt): TaskYield {
  if (receipt.kind === 'result') return { result: receipt.result };
  return receipt.kind === 'data' && receipt.settled === true ? { settled: true } : {};
}
