import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { isFolder } from '@tessera/contracts';
import type { ObjectStore } from '@tessera/storage';
import type { JobRow } from '@tessera/store';
import type { Slice } from '../http/byte-range.ts';
import { folderFiles, type FolderFile } from '../jobs/folder-files.ts';
import { companionName, pictureName, reportName, resultName } from '../jobs/result-name.ts';
import { stemOf } from '../upload/display-name.ts';
import type { Checksums } from './checksums.ts';
import { readZip, type ZipSource } from './read-zip.ts';
import { uniqueNames } from './unique-names.ts';
import { layOutZip } from './zip-layout.ts';

/** Changes when the same jobs would give other bytes. */
const VERSION = 1;
/** Lists the jobs without a result. */
const MISSING = 'missing.txt';

export interface ResultsArchive {
  readonly bytes: number;
  /** Quoted strong tag of these very bytes. */
  readonly tag: string;
  readonly name: string;
  read(slice: Slice, signal: AbortSignal): Readable;
}

/**
 * The results of jobs, and what is beside them, as one ZIP file, a folder for a result of several files, stored as they are, for they are compressed already. Its bytes depend on the
 * jobs and their results only, so a download may be resumed at any byte and at any master. Jobs without a result are
 * listed in a text file; `undefined` if none has one.
 *
 * @param jobs in the order of the archive.
 */
export async function resultsArchive(
  jobs: readonly JobRow[],
  parts: { readonly objects: ObjectStore; readonly checksums: Checksums },
): Promise<ResultsArchive | undefined> {
  const { objects, checksums } = parts;
  const done = jobs.filter(({ result }) => result !== null);
  const missing = jobs.filter(({ result }) => result === null);
  if (done.length === 0) return undefined;
  // Of all jobs, so that a name stays when others come to their end.
  const beside = done.flatMap(filesBeside);
  const folders = new Map<JobRow, readonly FolderFile[]>();
  for (const job of done) {
    if (job.result && isFolder(job.result.key)) folders.set(job, await folderFiles(objects, job.result.key));
  }
  const named = uniqueNames([...jobs.map(nameInArchive), MISSING, ...beside.map(({ name }) => name)]);
  const nameOf = new Map(jobs.map((job, index) => [job, named[index] ?? '']));
  const modified = (job: JobRow): Date => job.finishedAt ?? job.createdAt;
  const made = (signal: AbortSignal): ZipSource[] => {
    const stored = (job: JobRow, name: string, { key, bytes }: { key: string; bytes: number }): ZipSource => ({
      name,
      bytes,
      modified: modified(job),
      key,
      read: (start) => objects.get(key, { range: { start, end: bytes }, signal }),
    });
    const sources = done.flatMap((job) => {
      const name = nameOf.get(job) ?? '';
      const files = folders.get(job);
      if (files === undefined) return [stored(job, name, job.result ?? { key: '', bytes: 0 })];
      const nameOfFile = (own: string): string => (job.result?.files?.pictures ? pictureName(job, own) : own);
      return files.map((file) => stored(job, `${name}/${nameOfFile(file.name)}`, file));
    });
    for (const [n, { job, file }] of beside.entries()) {
      sources.push(stored(job, named[jobs.length + 1 + n] ?? '', file));
    }
    const list = named[jobs.length] ?? MISSING;
    if (missing.length > 0) sources.push(textSource(list, missingText(missing), jobs.map(modified)));
    return sources;
  };
  const idle = made(new AbortController().signal);
  const layout = layOutZip(idle);
  const identity = idle.map(({ name, bytes, modified, key }) => [name, bytes, modified.getTime(), key ?? '']);
  const content = [VERSION, identity, missing.length > 0 ? missingText(missing) : '', done.map(digestOf)];
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 40);
  const day = jobs[0]?.createdAt.toISOString().slice(0, 10) ?? '';
  return {
    bytes: layout.bytes,
    tag: `"${hash}"`,
    name: `tessera-${day}.zip`,
    read: (slice, signal) =>
      Readable.from(readZip(layout, made(signal), checksums, slice), { objectMode: false, signal }),
  };
}

/** The file, or the folder of files. */
function nameInArchive(job: JobRow): string {
  return job.result && isFolder(job.result.key) ? stemOf(resultName(job)) : resultName(job);
}

/** What lies beside a result: its companions, and what its operations found out. */
function filesBeside(job: JobRow) {
  const { companions = [], reports = [] } = job.result ?? {};
  return [
    ...companions.map((file) => ({ job, file, name: companionName(job, file.role) })),
    ...reports.map((file) => ({ job, file, name: reportName(job, file) })),
  ];
}

const digestOf = ({ result }: JobRow): string => result?.pixelDigest ?? '';

/** One line for each job without a result: its image and why. */
function missingText(jobs: readonly JobRow[]): string {
  const lines = jobs.map((job) => {
    const why = job.error === null ? `The job is ${job.state}.` : `${job.error.message} (${job.error.code})`;
    return `${job.image.name}: ${why}`;
  });
  return `Not in this archive:\n\n${lines.join('\n')}\n`;
}

function textSource(name: string, text: string, dates: readonly Date[]): ZipSource {
  const bytes = Buffer.from(text);
  const last = Math.max(...dates.map((date) => date.getTime()));
  const read = (start: number): Promise<Readable> => Promise.resolve(Readable.from([bytes.subarray(start)]));
  return { name, bytes: bytes.length, modified: new Date(last), key: undefined, read };
}
