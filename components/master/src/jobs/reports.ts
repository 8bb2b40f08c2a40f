import type { ReportRef, ResultFacts } from '@tessera/contracts';

/** What operations found out, with the addresses that it is read at; empty where there is nothing. */
export function reportsOf(job: string, { reports }: ResultFacts): { readonly reports?: ReportRef[] } {
  if (reports === undefined || reports.length === 0) return {};
  return {
    reports: reports.map(({ step, op, bytes, sha256 }) => ({
      step,
      op,
      url: `/api/v1/jobs/${job}/reports/${String(step)}`,
      bytes,
      sha256,
    })),
  };
}
