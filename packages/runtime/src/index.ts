export { AppError, type AppErrorOptions } from './app-error.ts';
export { fullJitter, type Backoff } from './backoff.ts';
export { flag, integer, number, parseConfig, readEnvironment, type ConfigShape } from './config.ts';
export { Lifecycle } from './lifecycle.ts';
export { createLogger, silentLogger, type Logger, type LoggerOptions } from './logger.ts';
export { collectTogether, createMetrics, type Metrics } from './metrics.ts';
export { refusedCertificate } from './refused-certificate.ts';
