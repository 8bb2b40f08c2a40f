import type { ResultFacts, TaskMessage } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import { findReceipt, yieldOf, type Receipt } from '../receipt.ts';
import type { TaskYield } from '../task-work.ts';
import { dataKey, type WorkArea } from '../work-area.ts';

/** Bytes around each tile of a COG: its length, and its last four bytes again. */
const TILE_FRAME_BYTES = 8;
/** Bytes of a SHA-256. */
const DIGEST_BYTES = 32;

/**
 * Looks whether what a worker says it made is there: its receipt, the object that the receipt tells of, at its length, and
 * digests of its pixels.
 *
 * @returns what masters have to know of the task.
 * @throws AppError STORE_CORRUPT, which may pass, if not.
 */
export async function checkMade(
  area: WorkArea,
  { stage, index }: Pick<TaskMessage, 'stage' | 'index'>,
  signal: AbortSignal,
): Promise<TaskYield> {
  const receipt = await findReceipt(area, stage, index, signal);
  if (receipt === undefined) throw lacking('no receipt');
  const key = receipt.kind === 'result' ? mainKey(receipt.result) : dataKey(area, stage, index);
  const made = await area.store.head(key);
  if (made === undefined) throw lacking('no object');
  const bytes = bytesOf(receipt);
  if (bytes !== undefined && made.bytes !== bytes) throw lacking('an object of another length');
  if (!hasDigest(receipt)) throw lacking('no digest of the pixels');
  return yieldOf(receipt);
}

/** Of a result of several files: the one that was written last. */
const mainKey = ({ key, files }: ResultFacts): string => (files ? key + files.main : key);

function bytesOf(receipt: Receipt): number | undefined {
  switch (receipt.kind) {
    case 'data':
    case 'files':
      return undefined;
    case 'strip':
      return receipt.strip.bytes;
    case 'piece':
      return receipt.sizes.reduce((sum, size) => sum + size + TILE_FRAME_BYTES, 0);
    case 'result':
      return receipt.result.files ? undefined : receipt.result.bytes;
  }
}

function hasDigest(receipt: Receipt): boolean {
  if (receipt.kind === 'data') return true;
  if (receipt.kind === 'result') return /^[\da-f]{64}$/.test(receipt.result.pixelDigest);
  const { length } = Buffer.from(receipt.digests, 'base64');
  return length % DIGEST_BYTES === 0;
}

function lacking(reason: string): AppError {
  return new AppError('STORE_CORRUPT', { message: `The worker left ${reason}.`, details: { reason } });
}
