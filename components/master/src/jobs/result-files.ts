import type { ResultFacts, ResultFilesRef } from '@tessera/contracts';

/** The files that a result is, with the address that the first is read at; empty for one file. */
export function filesOf(job: string, { files }: ResultFacts): { readonly files?: ResultFilesRef } {
  if (files === undefined) return {};
  return { files: { ...files, url: `/api/v1/jobs/${job}/files/${files.main}` } };
}
