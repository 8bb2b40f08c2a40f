import { AppError } from '@tessera/runtime';
import type { z } from 'zod';

export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** A request whose problems are told one by one. */
export class RequestProblems extends AppError {
  readonly problems: readonly Problem[];

  constructor(
    code: 'BAD_REQUEST' | 'INVALID_PIPELINE' | 'NOT_FOUND' | 'UNSUPPORTED_DEPTH',
    problems: readonly Problem[],
  ) {
    super(code);
    this.problems = problems;
  }
}

/**
 * Checks what a caller sent.
 *
 * @throws RequestProblems INVALID_PIPELINE if only pipeline or output are wrong, else BAD_REQUEST.
 */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const pipeline = issues.every((issue) => issue.path[0] === 'pipeline' || issue.path[0] === 'output');
  throw new RequestProblems(
    pipeline ? 'INVALID_PIPELINE' : 'BAD_REQUEST',
    issues
      .slice(0, 20)
      .map((issue) => ({ path: issue.path.join('.').slice(0, 200), message: issue.message.slice(0, 300) })),
  );
}
