import { hash } from 'node:crypto';

/**
 * The traces of Tessera are known by what they are about: one trace holds what becomes of one image, from its upload to
 * the finished files of all its jobs. So any master, and any process after a restart, names the same spans without
 * having stored them, and every process keeps or drops the same traces. Ids of images and jobs are capabilities: only
 * hashes of them leave.
 */
const SAMPLED = '01';

const digest = (what: string, id: string, characters: number): string =>
  hash('sha256', `${what}:${id}`, 'hex').slice(0, characters);

const traceOf = (image: string): string => digest('trace', image, 32);

/** The span of an image's upload. */
export function uploadSpan(image: string): string {
  return `00-${traceOf(image)}-${digest('upload', image, 16)}-${SAMPLED}`;
}

/** The span of a job's submission, above all that is done for the job. */
export function submitSpan(image: string, job: string): string {
  return `00-${traceOf(image)}-${digest('submit', job, 16)}-${SAMPLED}`;
}

/** The short name of a job or an image in logs and traces: it tells equal from different, but opens nothing. */
export function publicRef(id: string): string {
  return hash('sha256', id, 'base64url').slice(0, 10);
}
