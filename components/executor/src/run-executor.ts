import { AppError, Lifecycle, createLogger, parseConfig, readEnvironment } from '@tessera/runtime';
import type { UrlAccess } from '@tessera/runtime/outbound';
import { executorConfigShape } from './config.ts';
import { startFullExecutor } from './full-executor.ts';

/**
 * The life of an executor's process: reads its variables, starts it, ends it on signals. What goes wrong at the start is
 * told on standard error, and the process ends with 78 for its variables and 1 for anything else.
 *
 * @param urls how addresses given by visitors are reached; default: the public internet.
 */
export async function runExecutor(urls?: UrlAccess): Promise<void> {
  try {
    const config = parseConfig(executorConfigShape, readEnvironment());
    const logger = createLogger({ name: 'executor', level: config.LOG_LEVEL });
    const lifecycle = new Lifecycle(logger);
    lifecycle.exitOnSignals();
    await lifecycle.starting(() => startFullExecutor(config, logger, lifecycle, urls));
  } catch (error) {
    process.stderr.write(`${AppError.from(error).message}\n`);
    process.exit(AppError.is(error) && error.code === 'INVALID_CONFIG' ? 78 : 1);
  }
}
