const MAX_LENGTH = 2000;

/** A sentence as the database can keep it: without NUL, which PostgreSQL's text does not know, and not endless. */
export function publicText(message: string): string {
  return message.replaceAll('\0', '\uFFFD').slice(0, MAX_LENGTH).toWellFormed();
}
