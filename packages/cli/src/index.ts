export { runCli, type CliDeps, type Engine } from './program.ts';
