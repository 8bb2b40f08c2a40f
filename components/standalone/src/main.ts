import { AppError, Lifecycle, createLogger, parseConfig, readEnvironment } from '@tessera/runtime';
import { standaloneConfigShape } from './config.ts';
import { startStandalone } from './standalone.ts';

try {
  const config = parseConfig(standaloneConfigShape, readEnvironment());
  const logger = createLogger({ name: 'tessera', level: config.LOG_LEVEL });
  const lifecycle = new Lifecycle(logger);
  lifecycle.exitOnSignals();
  const standalone = await startStandalone(config, logger);
  lifecycle.add('standalone', () => standalone.close());
  process.stdout.write(`\nTessera runs on ${standalone.url.replace('127.0.0.1', 'localhost')}\n\n`);
} catch (error) {
  const { code, message } = AppError.from(error);
  process.stderr.write(`${message}\n`);
  process.exit(code === 'INVALID_CONFIG' ? 78 : 1);
}
