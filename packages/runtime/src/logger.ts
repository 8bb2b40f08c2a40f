import { pino, stdTimeFunctions, type DestinationStream, type Logger as PinoLogger } from 'pino';

/** Structured logger: one line per event, a constant `noun:verb` message, facts as fields, durations in ms. */
export type Logger = Pick<PinoLogger, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'> & {
  child(bindings: Readonly<Record<string, unknown>>): Logger;
};

export interface LoggerOptions {
  readonly name: string;
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  readonly destination?: DestinationStream | undefined;
}

/** Secrets and capabilities never reach a log, whatever object is handed to it. */
const REDACTED = ['password', 'secret', 'token', 'authorization', 'cookie', 'url'].flatMap((key) => [key, `*.${key}`]);

/** A JSON logger on standard output, or on `destination`. */
export function createLogger(options: LoggerOptions): Logger {
  const settings = {
    name: options.name,
    level: options.level,
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: REDACTED, censor: '[redacted]' },
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}

/** A logger that says nothing: for tests and for libraries that are given none. */
export function silentLogger(): Logger {
  return createLogger({ name: 'silent', level: 'silent' });
}
