import { taskMessageSchema } from '@tessera/contracts';
import { readRequest } from '../http/read-request.ts';
import { serveWork, type WorkServer, type WorkServerOptions } from '../http/work-server.ts';
import type { TaskWork } from '../task-work.ts';

export interface TaskServerOptions extends Omit<WorkServerOptions, 'path' | 'work'> {
  /** Started and closed by the caller. */
  readonly work: Pick<TaskWork, 'run'>;
}

/**
 * Listens for `POST /tasks`, whose body is the message that would otherwise come by the queue: 204 once the task's receipt is
 * stored. Nothing of the queue is touched: who sent the task tells the masters.
 */
export function serveTasks({ work, ...options }: TaskServerOptions): Promise<WorkServer> {
  return serveWork({
    ...options,
    path: '/tasks',
    work: (body, signal) => work.run(readRequest(taskMessageSchema, body), signal),
  });
}
