import { errorBodySchema } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';

/** The error that an answer of a site tells. */
export function errorOfText(status: number, text: string): AppError {
  const body = errorBodySchema.safeParse(parse(text));
  if (!body.success) return new AppError('INTERNAL', { message: `The server answered with status ${status}.` });
  const { code, message, requestId, problems } = body.data.error;
  const details = problems?.map((problem) => `${problem.path}: ${problem.message}`).join('; ');
  return new AppError(code, { message: details ? `${message} (${details})` : message, details: { requestId } });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
