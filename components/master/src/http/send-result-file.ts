import { hash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { ResultFacts } from '@tessera/contracts';
import { IIIF_ID } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { JobRow } from '@tessera/store';
import type { Request, Response } from 'express';
import { pictureName } from '../jobs/result-name.ts';
import { tileFileName } from '../jobs/result-file.ts';
import { allowOrigins } from './cross-origin.ts';
import { sendObject } from './send-object.ts';
import { siteAddress } from './site-address.ts';

interface FilePlace {
  readonly job: JobRow;
  readonly result: ResultFacts;
  readonly objects: ObjectStore;
  /** Where the site is reached, if that was configured. */
  readonly publicUrl: string | undefined;
}

/**
 * Sends a file of a result of several: the one whose name, with slashes, ends the address. Viewers of other sites may read
 * it, for whoever knows the job's id may.
 *
 * @throws AppError NOT_FOUND for what is no name of a file, and what sending throws.
 */
export async function sendResultFile(request: Request, response: Response, place: FilePlace): Promise<void> {
  const { job, result, objects } = place;
  const asked = [(request.params as { file?: string | string[] }).file ?? []].flat().join('/');
  const { files } = result;
  const picture = files?.pictures?.find(({ name }) => name === asked);
  const name = picture?.name ?? tileFileName(asked, job.plan.output);
  const facts = name === undefined || !files ? undefined : await objects.head(result.key + name);
  if (name === undefined || !files || facts === undefined) throw new AppError('NOT_FOUND');
  allowOrigins(response);
  if (name === 'info.json') {
    await sendInfo(request, response, place, facts.key);
    return;
  }
  await sendObject(request, response, objects, {
    key: facts.key,
    bytes: facts.bytes,
    contentType: facts.contentType,
    tag: `"${files.digest.slice(0, 20)}-${hash('sha256', name, 'hex').slice(0, 20)}"`,
    name: picture ? pictureName(job, name) : (name.split('/').at(-1) ?? name),
  });
}

/** What tells of a pyramid of IIIF, with the address that it is asked for at. */
async function sendInfo(
  request: Request,
  response: Response,
  { job, objects, publicUrl }: FilePlace,
  key: string,
): Promise<void> {
  const info = await text(await objects.get(key));
  response.set({ 'Content-Type': 'application/ld+json', 'Cache-Control': 'private, no-cache' });
  response.end(info.replace(IIIF_ID, `${siteAddress(request, publicUrl)}/api/v1/jobs/${job.id}/files`));
}
