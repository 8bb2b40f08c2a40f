import { inject } from 'vitest';
import { findProgram } from '../../services/find-program.ts';
import { DockerEngine } from './docker-engine.ts';

export { DockerEngine, type EngineCommandOptions } from './docker-engine.ts';
export { long } from './long.ts';
export { standIn, type StandInName } from './stand-in.ts';

/**
 * The engine of this test run: the one that answers, or Debian's, started on a socket of its own.
 *
 * @throws Error where no client is on this machine.
 */
export function dockerEngine(): Promise<DockerEngine> {
  // Debian's client fits Debian's engine; other clients may want a builder plugin that is not there.
  const client = findProgram(['/usr/bin/docker', 'docker']);
  if (client === undefined)
    return Promise.reject(new Error('There is no docker client. Run: apt-get install docker.io'));
  return Promise.resolve(new DockerEngine(inject('dockerHost'), client));
}
