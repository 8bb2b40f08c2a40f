import type { Companion, ResultFacts } from '@tessera/contracts';

/** What is beside a result, with the addresses that it is read at; empty where there is nothing. */
export function companionsOf(job: string, { companions }: ResultFacts): { readonly companions?: Companion[] } {
  if (companions === undefined || companions.length === 0) return {};
  return {
    companions: companions.map(({ role, bytes, contentType }) => ({
      role,
      url: `/api/v1/jobs/${job}/result/${role}`,
      bytes,
      contentType,
    })),
  };
}
