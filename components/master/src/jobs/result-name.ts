import type { CompanionRole, ReportFacts } from '@tessera/contracts';
import type { JobRow } from '@tessera/store';
import { stemOf } from '../upload/display-name.ts';
import { EXTENSIONS } from './file-types.ts';

/** Operations that a file name tells of. */
const NAMED_STEPS = 3;

/** File name of a result: that of the image, what was done to it, and the extension of the new format; several files come as an archive. */
export function resultName(job: JobRow): string {
  const steps = job.plan.pipeline.slice(0, NAMED_STEPS).map((step) => step.op);
  const { format, tiles, thumbnails } = job.plan.output;
  return `${[stemOf(job.image.name), ...steps].join('-')}.${(tiles ?? thumbnails) ? 'zip' : EXTENSIONS[format]}`;
}

/** File name of one of several pictures: `photo-320.webp`. */
export function pictureName(job: JobRow, name: string): string {
  return `${stemOf(resultName(job))}-${name}`;
}

const COMPANIONS: Readonly<Record<CompanionRole, string>> = {
  picture: 'picture.png',
  legend: 'legend.svg',
  'legend-data': 'legend.json',
  manifest: 'manifest.json',
};

/**
 * File name of what an operation found out: `photo-statistics.statistics.json`, and with its number where the pipeline has
 * the operation twice.
 */
export function reportName(job: JobRow, { step, op }: Pick<ReportFacts, 'step' | 'op'>): string {
  const often = job.plan.pipeline.filter((other) => other.op === op).length > 1;
  return `${stemOf(resultName(job))}.${often ? `${String(step + 1)}-` : ''}${op}.json`;
}

/** File name of what is beside a result. */
export function companionName(job: JobRow, role: CompanionRole): string {
  return `${stemOf(resultName(job))}-${COMPANIONS[role]}`;
}
