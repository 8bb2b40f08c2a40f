export { executorConfigShape, executorWorkShape, type ExecutorConfig, type ExecutorWorkConfig } from './config.ts';
export { createExecutor, scratchFolder, type Executor, type ExecutorDeps } from './executor.ts';
