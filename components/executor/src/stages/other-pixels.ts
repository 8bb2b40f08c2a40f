import type { OtherPicture, Pass, Size, Step } from '@tessera/contracts';
import { passOthers, type Cell, type OtherRegion } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import type { OtherFile, OtherFiles } from '../kernel/kernel-call.ts';
import type { Lease } from '../scratch/decoded-images.ts';
import type { Rows } from '../scratch/decoded-file.ts';
import type { StageContext } from './stage-context.ts';

/**
 * Lends a pass the other pictures that its steps read, decoded as far as they are needed for a cell.
 *
 * @param observed the global operation that is to be observed after the pass, if any.
 * @throws AppError SOURCE_MISSING for an image that is gone, and the codes of decoding.
 */
export async function withOthers<Answer>(
  context: StageContext,
  pass: Pass,
  cell: Cell,
  observed: Step | undefined,
  run: (others: OtherFiles) => Promise<Answer>,
): Promise<Answer> {
  const { others = [] } = context.plan;
  const sizeOf = (name: string): Size => {
    const other = others.find((candidate) => candidate.name === name);
    if (other === undefined) throw new AppError('INTERNAL', { details: { reason: 'the plan lacks another picture' } });
    return other;
  };
  const rows = rowsOf(passOthers(pass, cell, observed, sizeOf));
  const leases: Lease[] = [];
  try {
    const files: Record<string, OtherFile> = {};
    for (const other of others) {
      const needed = rows.get(other.name);
      const lease = needed && (await acquire(context, other, needed));
      if (lease) leases.push(lease);
      files[other.name] = { size: { width: other.width, height: other.height }, raster: lease?.raster };
    }
    return await run(files);
  } finally {
    for (const lease of leases) lease.release();
  }
}

/** The rows of each picture that hold all that is read of it. */
function rowsOf(regions: readonly OtherRegion[]): ReadonlyMap<string, Rows> {
  const rows = new Map<string, Rows>();
  for (const { name, region } of regions) {
    const known = rows.get(name) ?? { top: region.y, bottom: region.y };
    const bottom = Math.max(known.bottom, region.y + region.height);
    rows.set(name, { top: Math.min(known.top, region.y), bottom });
  }
  return rows;
}

/** Decodes to the depth that is worked in, or to fewer bits where the other picture has no more. */
async function acquire({ tools, plan, signal }: StageContext, other: OtherPicture, rows: Rows): Promise<Lease> {
  const isDeep = other.depth === 16 && plan.picture.depth === 16;
  const lease = await tools.images.acquire(other, { ...other, depth: isDeep ? 16 : 8 }, rows, signal);
  const { width, height, channels } = lease.raster;
  if (width === other.width && height === other.height && channels === other.channels) return lease;
  lease.release();
  throw new AppError('CORRUPT_IMAGE', { message: 'The other image decodes to another size than its header tells.' });
}
