import { AppError, refusedCertificate } from '@tessera/runtime';

/** What went wrong with a connection, and whether trying again can help without a change by the operator. */
export interface Failure {
  readonly error: AppError;
  readonly fatal: boolean;
}

/** Puts an error of the client library or of the broker into words. */
export function explainFailure(cause: unknown): Failure {
  const text = cause instanceof Error ? cause.message : String(cause);
  const code = replyCode(cause);
  const fatal = (name: 'INVALID_CONFIG' | 'BROKER_MISCONFIGURED', message: string): Failure => ({
    error: new AppError(name, { message, cause, retryable: false }),
    fatal: true,
  });
  if (AppError.is(cause)) return { error: cause, fatal: cause.code === 'INVALID_CONFIG' };
  if (text.includes('Handshake terminated by server: 403')) {
    return fatal('INVALID_CONFIG', 'The message broker refused the user name or the password (ACCESS_REFUSED).');
  }
  if (text.includes('Expected ConnectionOpenOk; got <ConnectionClose')) {
    return fatal('INVALID_CONFIG', 'The message broker refused its virtual host: it is missing or not for this user.');
  }
  const refused = refusedCertificate(cause);
  if (refused !== undefined) {
    return fatal('INVALID_CONFIG', `The certificate of the message broker was refused: ${refused}.`);
  }
  if (code === 403) {
    return fatal('INVALID_CONFIG', `The user of the message broker lacks a permission: ${replyText(text)}.`);
  }
  if (code === 406) {
    const advice = 'Delete or rename what is there, or use another namespace';
    return fatal(
      'BROKER_MISCONFIGURED',
      `The message broker holds a queue or an exchange that was declared otherwise: ${replyText(text)}. ${advice}.`,
    );
  }
  return { error: unavailable(replyText(text), cause), fatal: false };
}

/** Code of a channel's or connection's close as the broker gave it, or of a system error. */
export function replyCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Tells whether the broker said that a queue or exchange does not exist, not merely that it can not be used now. */
export function isMissing(error: unknown): boolean {
  return replyCode(error) === 404 && error instanceof Error && /no (queue|exchange) '/.test(error.message);
}

export function unavailable(reason: string, cause?: unknown): AppError {
  return new AppError('BROKER_UNAVAILABLE', { message: `The message broker can not be reached: ${reason}.`, cause });
}

/** The broker's own words in an error message of the client library. */
function replyText(text: string): string {
  return /with message "(.*)"/s.exec(text)?.[1] ?? text;
}
